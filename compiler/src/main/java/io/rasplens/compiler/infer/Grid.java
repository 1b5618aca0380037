package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import io.rasplens.grammar.value.Value;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What keeps numbers apart that are too many to list: each is a fraction with a denominator of {@code parts * w},
 * {@code 1 <= w <= widest}. From any multiple of {@code 1 / parts} it is as far as {@code 1 / (parts * widest)}, or equal to it.
 *
 * @param exact whether the program's float is the one next to the fraction, so that equal fractions are equal floats
 */
public record Grid(long parts, long widest, boolean exact) {
    /** Finer grids are no help: steps between their numbers would let rounding through. */
    private static final long FINEST = 1L << 30;

    private static final int MOST_DENOMINATORS = 1 << 12;

    static final Grid INTS = new Grid(1, 1, true);

    /** The grid of one number. */
    public static Optional<Grid> of(Value number) {
        return Grids.of(new ValueSet.Finite(ImmutableList.of(number), true));
    }

    private static Optional<Grid> of(BigInteger parts, BigInteger widest, boolean exact) {
        return parts.multiply(widest).compareTo(BigInteger.valueOf(FINEST)) <= 0
                ? Optional.of(new Grid(parts.longValueExact(), widest.longValueExact(), exact))
                : Optional.empty();
    }

    /** The least distance of two numbers, one of either grid, that are not equal. */
    public static double gap(Grid a, Grid b) {
        return 1 / ((double) lcm(a.parts, b.parts) * a.widest * b.widest);
    }

    /** How far the numbers stay from one that none of them is equal to; 0 if one may be, or that is not known. */
    public double distance(double from) {
        double least = Double.POSITIVE_INFINITY;
        for (long w = 1; w <= Math.min(widest, MOST_DENOMINATORS); w++) {
            double scaled = from * parts * w;
            double off = Math.abs(scaled - Math.rint(scaled));
            least = Math.min(least, off / (parts * w));
        }
        // Numbers as near as that are one, but for what they are rounded by.
        return widest > MOST_DENOMINATORS || least * parts * widest <= 1e-6 ? 0 : least;
    }

    /** Whether all are ints, but for what they are rounded by. */
    public boolean isWhole() {
        return parts == 1 && widest == 1;
    }

    /** The same numbers, rounded by an operation that may miss the nearest float. */
    public Grid rounded() {
        return new Grid(parts, widest, false);
    }

    /** Whether numbers may lie in the middle between two ints. */
    public boolean meetsHalves() {
        return widest > 1 || parts % 2 == 0;
    }

    /** Numbers of one grid or of the other. */
    Optional<Grid> or(Grid other) {
        return of(
                BigInteger.valueOf(lcm(parts, other.parts)),
                BigInteger.valueOf(Math.max(widest, other.widest)),
                exact && other.exact);
    }

    /**
     * Sums and differences.
     *
     * @param size their greatest magnitude
     */
    Optional<Grid> plus(Grid other, double size) {
        return of(
                        BigInteger.valueOf(lcm(parts, other.parts)),
                        BigInteger.valueOf(widest).multiply(BigInteger.valueOf(other.widest)),
                        isBinary() && other.isBinary())
                .map(sum -> sum.upTo(size));
    }

    /** Products. */
    Optional<Grid> times(Grid other, double size) {
        return of(
                        BigInteger.valueOf(parts).multiply(BigInteger.valueOf(other.parts)),
                        BigInteger.valueOf(widest).multiply(BigInteger.valueOf(other.widest)),
                        isBinary() && other.isBinary())
                .map(product -> product.upTo(size));
    }

    /** Quotients by whole numbers of up to {@code divisor}; they are rounded once. */
    Optional<Grid> over(long divisor) {
        return of(
                BigInteger.valueOf(parts),
                BigInteger.valueOf(widest).multiply(BigInteger.valueOf(divisor)),
                isBinary());
    }

    /** Means of up to {@code count} numbers: a sum, rounded or not, over how many there are. */
    Optional<Grid> mean(int count, double size) {
        return sumOf().flatMap(sum -> sum.upTo(size * count).over(count));
    }

    /** Sums of any count: the denominators' least common multiple. */
    private Optional<Grid> sumOf() {
        BigInteger common = BigInteger.valueOf(parts);
        long all = 1;
        for (long w = 2; w <= widest; w++) {
            all = lcm(all, w);
            if (all > FINEST) {
                return Optional.empty();
            }
        }
        return of(common.multiply(BigInteger.valueOf(all)), BigInteger.ONE, isBinary());
    }

    /** Whether the numbers are floats without rounding, as long as they are not too great. */
    public boolean isBinary() {
        return exact && widest == 1 && LongMath.isPowerOfTwo(parts);
    }

    private Grid upTo(double size) {
        return new Grid(parts, widest, exact && size * parts <= 1L << 53);
    }

    private static long lcm(long a, long b) {
        return a / LongMath.gcd(a, b) * b;
    }
}
