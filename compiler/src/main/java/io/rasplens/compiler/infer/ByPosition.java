package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.Collections;
import java.util.List;

/** What a position's own index decides, which running the program on one long input shows. */
public final class ByPosition {
    private ByPosition() {}

    /** Whether nothing but indices is read, so that the longest input shows all values there are. */
    public static boolean alone(ProgramNode root) {
        return NeededNodes.of(ImmutableList.of(root)).stream()
                .noneMatch(node -> node instanceof SOp.Tokens
                        || node instanceof SOp.Aggregate
                        || node instanceof SOp.SelectorWidth);
    }

    /** The longest input, of any token. */
    public static List<Value> longest(CompileTarget target) {
        return Collections.nCopies(target.maxLength(), target.vocabulary().get(0));
    }
}
