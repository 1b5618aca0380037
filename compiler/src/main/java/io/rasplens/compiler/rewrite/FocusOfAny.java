package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import java.util.Set;

/**
 * Whether anything is selected by an {@code or} of selectors that look at different s-ops is asked of each by itself. One head would add up
 * their scores, and attend to a key for which two of them hold as if there were no other: its pattern would not be the selector's row.
 */
final class FocusOfAny implements GraphRule {
    private static final Value ZERO = Value.of(0);

    @Override
    public Optional<CompileTarget> apply(CompileTarget target) {
        Set<SOp> counted =
                WidthAsFocus.counted(target.program().nodes(), target.program().output());
        return Matches.apply(
                target,
                SOp.Elementwise.class,
                node -> Focus.of(node)
                        .filter(focus -> !counted.contains(focus.width()))
                        .flatMap(FocusOfAny::any)
                        .filter(any -> any.alternatives().size() > 1),
                FocusOfAny::split);
    }

    private record AnyOf(Focus focus, ImmutableList<Questions> alternatives) {}

    private static Optional<AnyOf> any(Focus focus) {
        return Alternatives.of(focus.width().selector()).map(alternatives -> new AnyOf(focus, alternatives));
    }

    private static SOp split(SOp.Elementwise node, AnyOf any, CopyGraph copy) {
        Graph graph = copy.graph();
        Focus focus = any.focus();
        var asks = new Operator.Binary(focus.some() ? BinaryKind.GREATER : BinaryKind.EQUAL);
        var together = new Operator.Binary(focus.some() ? BinaryKind.OR : BinaryKind.AND);
        return any.alternatives().stream()
                .<SOp>map(alternative -> {
                    SOp width = graph.selectorWidth(alternative.in(graph, copy::now));
                    copy.originate(width, focus.width());
                    return graph.elementwise(asks, width, graph.constant(ZERO));
                })
                .reduce((a, b) -> graph.elementwise(together, a, b))
                .orElseThrow();
    }
}
