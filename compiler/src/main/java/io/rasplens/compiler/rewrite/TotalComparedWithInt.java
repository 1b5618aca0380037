package io.rasplens.compiler.rewrite;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.ByPosition;
import io.rasplens.compiler.infer.Total;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Values;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A comparison of {@code n * mean} of ints with an int k, {@code length * average(tokens_int) <= indices}, where rounding matters: the
 * program's product is the sum but for an ulp, which of {@code 49 * (1 / 49)} makes something less than 1. The sum itself is an int, a
 * rounded {@link Total}; only where it equals k does rounding decide, and there the product is {@code n * (k / n)}, a function of n and k
 * that the program can be asked for. So {@code n * mean <= k} is {@code sum < k + indicator(n * (k / n) <= k)}.
 */
final class TotalComparedWithInt implements GraphRule {
    /** Up to here ints are floats, and a product that is rounded twice is nearer to its int than to another. */
    private static final double MOST = 1L << 50;

    /** Ints up to here are tried, where what is compared is not known better. */
    private static final int MOST_TRIED = 1 << 12;

    @Override
    public Optional<CompileTarget> apply(CompileTarget target) {
        ImmutableList<ProgramNode> nodes = target.program().nodes();
        var sizes = new WholeSize(nodes, target);
        return Matches.apply(
                target, SOp.Elementwise.class, node -> compared(node, target, sizes), TotalComparedWithInt::rewritten);
    }

    /**
     * {@code count * mean(...) kind other}.
     *
     * @param total the product
     */
    private record TotalAgainst(SOp.Elementwise total, SOp count, BinaryKind kind, SOp other) {}

    private static Optional<TotalAgainst> compared(SOp.Elementwise node, CompileTarget target, WholeSize sizes) {
        if (!(node.operator() instanceof Operator.Binary binary)
                || !binary.kind().isComparison()) {
            return Optional.empty();
        }
        SOp left = node.arguments().get(0);
        SOp right = node.arguments().get(1);
        return compared(left, binary.kind(), right, target, sizes)
                .or(() -> compared(right, binary.kind().mirrored(), left, target, sizes));
    }

    private static Optional<TotalAgainst> compared(
            SOp total, BinaryKind kind, SOp other, CompileTarget target, WholeSize sizes) {
        Optional<Total> match = Total.match(total, target);
        if (match.isEmpty() || !isNeverEmpty(match.get().mean().selector(), target)) {
            return Optional.empty();
        }
        WholeSize.Size summand = sizes.of(match.get().mean().sequence());
        boolean ints = summand.whole() && summand.most() * target.maxLength() < MOST;
        boolean withInts = sizes.of(other).whole() && sizes.of(other).most() < MOST;
        var product = (SOp.Elementwise) total;
        SOp count = product.arguments()
                .get(product.arguments().get(0).equals(match.get().mean()) ? 1 : 0);
        return ints && withInts && decidesAnywhere(kind, other, summand.most(), target, sizes)
                ? Optional.of(new TotalAgainst(product, count, kind, other))
                : Optional.empty();
    }

    /** A query that selects no key would make the count 0, by which nothing can be divided. */
    private static boolean isNeverEmpty(Selector selector, CompileTarget target) {
        return ByPosition.alone(selector)
                && Attempt.of(() -> Interpreter.evaluate(
                                selector,
                                ByPosition.longest(target),
                                target.program().causal()))
                        .filter(matrix -> IntStream.range(0, matrix.size()).allMatch(query -> matrix.selects(query, 0)))
                        .isPresent();
    }

    /** Whether there is an int that a sum may be equal to of which the program's product compares otherwise than the sum. */
    private static boolean decidesAnywhere(
            BinaryKind kind, SOp other, double summand, CompileTarget target, WholeSize sizes) {
        Optional<Stream<Double>> candidates = candidates(other, target, sizes);
        return candidates.isEmpty()
                || candidates
                        .get()
                        .anyMatch(k -> IntStream.rangeClosed(1, target.maxLength())
                                .filter(n -> Math.abs(k) <= summand * n)
                                .anyMatch(n -> holds(kind, Double.compare(n * (k / n), k)) != holds(kind, 0)));
    }

    /** The ints that an s-op may be, perhaps some more; nothing if those are too many. */
    private static Optional<Stream<Double>> candidates(SOp other, CompileTarget target, WholeSize sizes) {
        if (other instanceof SOp.Constant constant) {
            return Optional.of(Stream.of(Values.toDouble(constant.value())));
        }
        Optional<Stream<Double>> byPosition = ByPosition.alone(other)
                ? Attempt.of(() -> Interpreter.evaluate(
                                other,
                                ByPosition.longest(target),
                                target.program().causal()))
                        .map(values -> values.stream().map(Values::toDouble))
                : Optional.empty();
        double most = sizes.of(other).most();
        return byPosition.isPresent() || most > MOST_TRIED
                ? byPosition
                : Optional.of(IntStream.rangeClosed((int) -most, (int) most).mapToObj(k -> (double) k));
    }

    private static boolean holds(BinaryKind kind, int sign) {
        return switch (kind) {
            case LESS -> sign < 0;
            case LESS_EQUAL -> sign <= 0;
            case GREATER -> sign > 0;
            case GREATER_EQUAL -> sign >= 0;
            default -> sign == 0;
        };
    }

    private static SOp rewritten(SOp.Elementwise node, TotalAgainst compared, CopyGraph copy) {
        Graph graph = copy.graph();
        SOp sum = made(
                node, copy, graph.elementwise(new Operator.Unary(UnaryKind.ROUND), copy.now((SOp) compared.total())));
        SOp count = copy.now(compared.count());
        SOp other = copy.now(compared.other());
        SOp part = made(node, copy, graph.elementwise(new Operator.Binary(BinaryKind.DIVIDE), other, count));
        SOp product = made(node, copy, graph.elementwise(new Operator.Binary(BinaryKind.TIMES), count, part));
        SOp atEqual = made(node, copy, graph.elementwise(new Operator.Binary(compared.kind()), product, other));
        if (compared.kind() == BinaryKind.EQUAL) {
            SOp equal = made(node, copy, graph.elementwise(new Operator.Binary(BinaryKind.EQUAL), sum, other));
            return graph.elementwise(new Operator.Binary(BinaryKind.AND), equal, atEqual);
        }
        SOp counted = made(node, copy, graph.elementwise(new Operator.Unary(UnaryKind.INDICATOR), atEqual));
        boolean below = compared.kind() == BinaryKind.LESS || compared.kind() == BinaryKind.LESS_EQUAL;
        SOp moved = made(
                node,
                copy,
                graph.elementwise(new Operator.Binary(below ? BinaryKind.PLUS : BinaryKind.MINUS), other, counted));
        return graph.elementwise(new Operator.Binary(below ? BinaryKind.LESS : BinaryKind.GREATER), sum, moved);
    }

    private static SOp made(SOp node, CopyGraph copy, SOp part) {
        copy.originate(part, node);
        return part;
    }
}
