package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a width is above 0 needs no count: a head that reads 1 at the selected keys and 0 at BOS tells, without a hidden unit. So
 * {@code selector_width(s) > 0} becomes {@code aggregate(s, 1) == 1} where nothing else asks how wide {@code s} is and one
 * head can look for it; see {@link Focus}.
 */
final class WidthAsFocus implements GraphRule {
    private static final Value ZERO = Value.of(0);
    private static final Value ONE = Value.of(1);

    @Override
    public Optional<CompileTarget> apply(CompileTarget target) {
        ImmutableList<ProgramNode> nodes = target.program().nodes();
        Set<SOp> counted = counted(nodes, target.program().output());
        return nodes.stream().anyMatch(node -> node instanceof SOp.SelectorWidth && !counted.contains(node))
                ? Optional.of(CopyGraph.copy(target, (sop, copy) -> replace(sop, copy, counted)))
                : Optional.empty();
    }

    /** The widths of which more is asked than whether they are 0. */
    static Set<SOp> counted(ImmutableList<ProgramNode> nodes, SOp output) {
        Set<SOp> counted = new HashSet<>(Set.of(output));
        for (ProgramNode node : nodes) {
            boolean asksFocus = Focus.of(node).filter(Focus::isOneHead).isPresent();
            for (ProgramNode operand : node.operands()) {
                if (operand instanceof SOp.SelectorWidth width && !asksFocus) {
                    counted.add(width);
                }
            }
        }
        return counted;
    }

    private static Optional<SOp> replace(SOp sop, CopyGraph copy, Set<SOp> counted) {
        if (sop instanceof SOp.SelectorWidth width && !counted.contains(width)) {
            return Optional.of(copy.graph()
                    .aggregate(copy.now(width.selector()), copy.graph().constant(ONE), ZERO));
        }
        return Focus.of(sop)
                .filter(asked -> !counted.contains(asked.width()))
                .map(asked -> copy.graph()
                        .elementwise(
                                new Operator.Binary(BinaryKind.EQUAL),
                                copy.now(asked.width()),
                                copy.graph().constant(asked.some() ? ONE : ZERO)));
    }
}
