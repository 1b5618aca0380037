package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * A mean over a mark at position 0 and what else is selected is {@code mark / (1 + w)}, see {@link FirstAsMark}: a width can be read as
 * a number without hidden units, and so can whatever is affine in it.
 */
final class MarkedMeanAsWidth implements GraphRule {

    @Override
    public Optional<CompileTarget> apply(CompileTarget target) {
        return Matches.apply(target, SOp.Aggregate.class, node -> FirstAsMark.match(node, target), this::share);
    }

    private SOp share(SOp.Aggregate node, FirstAsMark match, CopyGraph copy) {
        Graph graph = copy.graph();
        Selector others =
                match.others().stream().map(copy::now).reduce(graph::or).orElseThrow();
        SOp width = graph.selectorWidth(graph.and(others, graph.not(copy.now(match.first()))));
        copy.originate(width, node);
        SOp mark = graph.constant(match.mark());
        SOp none = graph.elementwise(
                new Operator.Binary(BinaryKind.EQUAL), ImmutableList.of(width, graph.constant(Value.of(0))));
        SOp total = graph.elementwise(
                new Operator.Binary(BinaryKind.PLUS), ImmutableList.of(width, graph.constant(Value.of(1))));
        SOp mean = graph.elementwise(new Operator.Binary(BinaryKind.DIVIDE), ImmutableList.of(mark, total));
        // Alone, the mark is copied and keeps its type; a mean is a float.
        return graph.elementwise(new Operator.Conditional(), ImmutableList.of(none, mark, mean));
    }
}
