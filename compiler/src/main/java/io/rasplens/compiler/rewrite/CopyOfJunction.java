package io.rasplens.compiler.rewrite;

import io.rasplens.compiler.infer.ByPosition;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.interpret.SelectorMatrix;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Bools are copied from one key or not at all: they have no mean. So {@code aggregate(s, a and b)} is {@code aggregate(s, a) and
 * aggregate(s, b)} where something is always selected. What the bools are computed from is then looked at one by one before the head,
 * and not in all combinations; the head carries several values.
 */
final class CopyOfJunction implements GraphRule {
    /** Lengths at which the selector is looked at. */
    private static final int LONGEST = 100;

    private static final Value FALSE = Value.of(false);

    @Override
    public Optional<CompileTarget> apply(CompileTarget target) {
        return Matches.apply(
                target,
                SOp.Aggregate.class,
                node -> Junction.of(node.sequence())
                        .filter(junction -> node.fallback().equals(FALSE) || isNeverEmpty(node.selector(), target)),
                CopyOfJunction::copies);
    }

    private static SOp copies(SOp.Aggregate node, Junction junction, CopyGraph copy) {
        Graph graph = copy.graph();
        return junction.parts().stream()
                .<SOp>map(part -> {
                    SOp copied = graph.aggregate(copy.now(node.selector()), copy.now(part), FALSE);
                    copy.originate(copied, node);
                    return copied;
                })
                .reduce((a, b) -> graph.elementwise(new Operator.Binary(junction.kind()), a, b))
                .orElseThrow();
    }

    /** Of a selector that the length alone decides: one input of each shows all there is. */
    private static boolean isNeverEmpty(Selector selector, CompileTarget target) {
        boolean readsTokens = NeededNodes.of(List.of(selector)).stream().anyMatch(SOp.Tokens.class::isInstance);
        return !readsTokens
                && target.maxLength() <= LONGEST
                && IntStream.rangeClosed(1, target.maxLength()).allMatch(n -> isNeverEmpty(selector, target, n));
    }

    private static boolean isNeverEmpty(Selector selector, CompileTarget target, int length) {
        Optional<SelectorMatrix> matrix = Attempt.of(() -> Interpreter.evaluate(
                selector,
                ByPosition.longest(target).subList(0, length),
                target.program().causal()));
        return matrix.isPresent()
                && IntStream.range(0, length).allMatch(query -> matrix.get().width(query) > 0);
    }
}
