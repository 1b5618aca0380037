package io.rasplens.compiler.rewrite;

import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * Keys of which any of several bools is true, or all are, are selected by an {@code or} or an {@code and} of selects: one head adds up
 * their scores, and no hidden unit has to know all that the bools are computed from.
 */
final class WidthOfJunction implements GraphRule {
    private static final Value TRUE = Value.of(true);
    private static final Value ONE = Value.of(1);

    @Override
    public Optional<CompileTarget> apply(CompileTarget target) {
        return Matches.apply(
                target, SOp.SelectorWidth.class, node -> selected(node.selector()), WidthOfJunction::width);
    }

    private static Optional<Junction> selected(Selector selector) {
        return selector instanceof Selector.Select select
                        && select.comparison() == Comparison.EQUAL
                        && select.query() instanceof SOp.Constant constant
                ? whereEqual(select.key(), constant.value())
                : Optional.empty();
    }

    /** The junction that has to be true for the s-op to be 1 or true. */
    private static Optional<Junction> whereEqual(SOp sop, Value value) {
        if (value.equals(ONE)
                && sop instanceof SOp.Elementwise node
                && node.operator().equals(new Operator.Unary(UnaryKind.INDICATOR))) {
            return whereEqual(node.arguments().get(0), TRUE);
        }
        if (!value.equals(TRUE) || !(sop instanceof SOp.Elementwise node)) {
            return Optional.empty();
        }
        boolean asksForTrue = node.operator().equals(new Operator.Binary(BinaryKind.EQUAL))
                && node.arguments().get(1) instanceof SOp.Constant constant
                && constant.value().equals(TRUE)
                && Junction.isBool(node.arguments().get(0));
        return asksForTrue ? whereEqual(node.arguments().get(0), TRUE) : Junction.of(sop);
    }

    private static SOp width(SOp.SelectorWidth node, Junction junction, CopyGraph copy) {
        Graph graph = copy.graph();
        SOp yes = graph.constant(TRUE);
        return junction.parts().stream()
                .<Selector>map(part -> graph.select(copy.now(part), yes, Comparison.EQUAL))
                .reduce((a, b) -> junction.kind() == BinaryKind.OR ? graph.or(a, b) : graph.and(a, b))
                .<SOp>map(graph::selectorWidth)
                .orElseThrow();
    }
}
