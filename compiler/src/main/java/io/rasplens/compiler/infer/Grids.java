package io.rasplens.compiler.infer;

import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Values;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/** The grids on which the results of operators lie. */
final class Grids {
    /** Denominators tried on listed numbers. */
    private static final int MOST_PARTS = 256;

    private Grids() {}

    static Optional<Grid> of(ValueSet set) {
        return set instanceof ValueSet.Interval interval ? interval.grid() : of((ValueSet.Finite) set);
    }

    private static Optional<Grid> of(ValueSet.Finite set) {
        if (!set.isNumeric()) {
            return Optional.empty();
        }
        double[] numbers = set.values().stream().mapToDouble(Values::toDouble).toArray();
        Optional<Grid> even = LongStream.rangeClosed(1, MOST_PARTS)
                .filter(parts -> Arrays.stream(numbers).allMatch(x -> isFraction(x, parts)))
                .mapToObj(parts -> new Grid(parts, 1, set.exact()))
                .findFirst();
        return even.or(() -> uneven(numbers, set.exact()));
    }

    private static Optional<Grid> uneven(double[] numbers, boolean exact) {
        long widest = 1;
        for (double x : numbers) {
            long parts = 1;
            while (parts <= MOST_PARTS && !isFraction(x, parts)) {
                parts++;
            }
            widest = Math.max(widest, parts);
        }
        return widest <= MOST_PARTS ? Optional.of(new Grid(1, widest, exact)) : Optional.empty();
    }

    private static boolean isFraction(double x, long parts) {
        return Math.rint(x * parts) / parts == x && Math.abs(x * parts) <= 1L << 53;
    }

    /** @param size the greatest magnitude of the result */
    static Optional<Grid> binary(BinaryKind kind, ValueSet left, ValueSet right, double size) {
        Optional<Grid> a = of(left);
        Optional<Grid> b = of(right);
        if (a.isEmpty() || b.isEmpty() || !Double.isFinite(size)) {
            return Optional.empty();
        }
        return switch (kind) {
            case PLUS, MINUS -> a.get().plus(b.get(), size);
            case TIMES -> a.get().times(b.get(), size);
            case DIVIDE -> greatestInt(right).flatMap(a.get()::over);
            default -> Optional.empty();
        };
    }

    /** The greatest magnitude of a set of ints. */
    private static Optional<Long> greatestInt(ValueSet set) {
        if (!(set instanceof ValueSet.Finite finite)
                || !finite.values().stream().allMatch(IntValue.class::isInstance)) {
            return Optional.empty();
        }
        double greatest = finite.values().stream()
                .mapToDouble(v -> Math.abs(Values.toDouble(v)))
                .max()
                .orElse(0);
        return greatest >= 1 && greatest <= Integer.MAX_VALUE ? Optional.of((long) greatest) : Optional.empty();
    }

    static Optional<Grid> either(ValueSet one, ValueSet other) {
        return of(one).flatMap(a -> of(other).flatMap(a::or));
    }

    /** Means of up to {@code count} of the numbers. */
    static Optional<Grid> mean(ValueSet numbers, int count) {
        return of(numbers)
                .flatMap(grid -> grid.mean(count, IntervalValues.bounds(numbers).magnitude()));
    }
}
