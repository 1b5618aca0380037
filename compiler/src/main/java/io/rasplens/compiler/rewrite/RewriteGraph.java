package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.GraphVerifier;
import java.util.List;
import java.util.Optional;

/** Applies rules one after the other; the graph is verified after each. */
public final class RewriteGraph {
    /** All that there are, those first that others follow up. */
    public static final ImmutableList<GraphRule> RULES = ImmutableList.of(
            new ComparedWithItself(false),
            new WidthOfJunction(),
            new CopyOfJunction(),
            new FocusOfAny(),
            new WidthAsFocus(),
            new MarkedMeanAsWidth(),
            new RoundedMeanAsTotal(),
            new TotalComparedWithInt());

    /** Those that leave as few heads as can be, whatever their patterns show. */
    public static final ImmutableList<GraphRule> FEWEST_HEADS =
            RULES.stream().filter(rule -> !(rule instanceof FocusOfAny)).collect(ImmutableList.toImmutableList());

    /** For a program that is refused when these are not applied; they come before the others. */
    public static final ImmutableList<GraphRule> FOR_REFUSED =
            ImmutableList.of(new ComparedWithItself(true), new BoolsInArithmetic());

    private RewriteGraph() {}

    /**
     * Applies rules one after another, and verifies what each makes.
     *
     * @throws IllegalStateException with the rule's name if it makes a graph that can't be
     */
    public static CompileTarget rewrite(CompileTarget target, List<GraphRule> rules) {
        CompileTarget now = target;
        for (GraphRule rule : rules) {
            Optional<CompileTarget> changed = rule.apply(now);
            if (changed.isPresent()) {
                now = changed.get();
                verify(now, rule);
            }
        }
        return now;
    }

    private static void verify(CompileTarget target, GraphRule rule) {
        ImmutableList<String> problems = GraphVerifier.verify(target.program());
        if (!problems.isEmpty()) {
            throw new IllegalStateException(rule.name() + " made a graph that can't be: " + problems.get(0));
        }
    }
}
