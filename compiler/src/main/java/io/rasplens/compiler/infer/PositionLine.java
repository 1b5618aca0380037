package io.rasplens.compiler.infer;

import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Values;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An s-op as {@code indices · i + length · n + constant}, read off its sums and differences of ints.
 *
 * <p>Two such lines run through the positions of every input, each once: {@code indices} and {@code length - 1 - indices}.
 */
record PositionLine(int indices, int length, long constant) {
    /** How deep an expression may nest; deeper ones are simply not recognised. */
    private static final int MAX_DEPTH = 32;

    private static final long MAX_CONSTANT = 1 << 30;

    /** Whether the values on an input of length n are 0 to n - 1, each once. */
    static boolean isPermutation(SOp sop, Predicate<SOp> isLength) {
        return of(sop, isLength, MAX_DEPTH)
                .filter(line -> line.equals(new PositionLine(1, 0, 0)) || line.equals(new PositionLine(-1, 1, -1)))
                .isPresent();
    }

    private static Optional<PositionLine> of(SOp sop, Predicate<SOp> isLength, int depth) {
        if (sop instanceof SOp.Indices) {
            return Optional.of(new PositionLine(1, 0, 0));
        }
        if (isLength.test(sop)) {
            return Optional.of(new PositionLine(0, 1, 0));
        }
        if (sop instanceof SOp.Constant constant) {
            return constant.value() instanceof IntValue && Math.abs(Values.toDouble(constant.value())) <= MAX_CONSTANT
                    ? Optional.of(new PositionLine(0, 0, (long) Values.toDouble(constant.value())))
                    : Optional.empty();
        }
        if (depth == 0 || !(sop instanceof SOp.Elementwise node)) {
            return Optional.empty();
        }
        Optional<PositionLine> first = of(node.arguments().get(0), isLength, depth - 1);
        if (node.operator() instanceof Operator.Unary unary) {
            return switch (unary.kind()) {
                case NEGATE -> first.map(line -> line.times(-1));
                case PLUS -> first;
                default -> Optional.empty();
            };
        }
        if (!(node.operator() instanceof Operator.Binary binary)
                || (binary.kind() != Operator.BinaryKind.PLUS && binary.kind() != Operator.BinaryKind.MINUS)) {
            return Optional.empty();
        }
        int sign = binary.kind() == Operator.BinaryKind.PLUS ? 1 : -1;
        return first.flatMap(
                a -> of(node.arguments().get(1), isLength, depth - 1).map(b -> a.plus(b.times(sign))));
    }

    private PositionLine plus(PositionLine other) {
        return new PositionLine(indices + other.indices, length + other.length, constant + other.constant);
    }

    private PositionLine times(int factor) {
        return new PositionLine(indices * factor, length * factor, constant * factor);
    }
}
