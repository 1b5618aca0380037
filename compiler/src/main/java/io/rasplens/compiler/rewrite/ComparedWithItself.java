package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * An s-op that is the same at all positions, compared with itself, is equal everywhere and less nowhere, whatever it is: a sort by
 * {@code length * average(tokens)} need not know the many sums that could be.
 */
final class ComparedWithItself implements GraphRule {
    private final boolean withZeros;

    /** @param withZeros whether an s-op is taken for what it is with 0 times an int added */
    ComparedWithItself(boolean withZeros) {
        this.withZeros = withZeros;
    }

    @Override
    public Optional<CompileTarget> apply(CompileTarget target) {
        ImmutableList<ProgramNode> nodes = target.program().nodes();
        var equal = new EqualEverywhere(nodes, target.program().causal(), withZeros);
        return nodes.stream().noneMatch(node -> isSettled(node, equal))
                ? Optional.empty()
                : Optional.of(CopyGraph.copy(target, new CopyGraph.Replacement() {
                    @Override
                    public Optional<SOp> of(SOp sop, CopyGraph copy) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<Selector> of(Selector selector, CopyGraph copy) {
                        return isSettled(selector, equal)
                                ? Optional.of(settled((Selector.Select) selector, copy.graph()))
                                : Optional.empty();
                    }
                }));
    }

    /** Of values that have no order none is less, and none less or equal either: that is left as it is. */
    private static boolean isSettled(ProgramNode node, EqualEverywhere equal) {
        return node instanceof Selector.Select select
                && select.key() == select.query()
                && !(select.key() instanceof SOp.Constant)
                && select.comparison() != Comparison.LESS_EQUAL
                && select.comparison() != Comparison.GREATER_EQUAL
                && equal.holds(select.key());
    }

    /** A comparison of a constant with itself. */
    private static Selector settled(Selector.Select select, Graph graph) {
        SOp one = graph.constant(Value.of(1));
        return graph.select(one, one, select.comparison());
    }
}
