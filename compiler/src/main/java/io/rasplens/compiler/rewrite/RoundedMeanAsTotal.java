package io.rasplens.compiler.rewrite;

import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/** A mean times how much it was taken over, rounded, is {@code Σ v * w(selector and sequence == v)}; see {@link RoundedTotal}. */
final class RoundedMeanAsTotal implements GraphRule {

    @Override
    public Optional<CompileTarget> apply(CompileTarget target) {
        return Matches.apply(target, SOp.Elementwise.class, node -> RoundedTotal.match(node, target), this::sum);
    }

    private SOp sum(SOp.Elementwise node, RoundedTotal total, CopyGraph copy) {
        Graph graph = copy.graph();
        SOp sum = graph.constant(Value.of(0));
        for (Value value : total.values()) {
            Selector holds = graph.select(copy.now(total.sequence()), graph.constant(value), Comparison.EQUAL);
            SOp width = graph.selectorWidth(graph.and(copy.now(total.selector()), holds));
            copy.originate(width, node);
            SOp part = graph.elementwise(new Operator.Binary(BinaryKind.TIMES), width, graph.constant(value));
            sum = graph.elementwise(new Operator.Binary(BinaryKind.PLUS), sum, part);
        }
        return sum;
    }
}
