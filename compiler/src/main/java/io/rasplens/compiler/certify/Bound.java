package io.rasplens.compiler.certify;

/**
 * What a direction can hold at the positions after BOS.
 *
 * @param low the least value it stands for
 * @param high the greatest
 * @param error how far the stored number may be from the value x it stands for
 * @param base together with {@code relative} and {@code centre} a second bound for that, which is better for numbers near the centre:
 *     {@code base + relative |x - centre|}
 * @param centre 0 where small numbers are known best; a share of attention is as well known near all of it
 * @param grid what x is a multiple of; see {@link BinaryGrid}
 */
record Bound(double low, double high, double error, double base, double relative, double centre, double grid) {
    static final Bound ZERO = new Bound(0, 0, 0, BinaryGrid.ANY);

    /** Knows no better bound for small numbers. */
    Bound(double low, double high, double error, double grid) {
        this(low, high, error, error, 0, 0, grid);
    }

    /** The same with another second bound. */
    Bound near(double centre, double base, double relative) {
        return new Bound(low, high, error, base, relative, centre, grid);
    }

    double magnitude() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    /** Holds nothing but zero, to the last bit. */
    boolean isExactZero() {
        return low == 0 && high == 0 && error == 0;
    }

    /** Of a number that is the one or the other. */
    Bound or(Bound other) {
        return new Bound(
                Math.min(low, other.low),
                Math.max(high, other.high),
                Math.max(error, other.error),
                Math.min(grid, other.grid));
    }

    /** Of the sum of two directions' numbers, with {@code rounding} relative to what comes out. */
    Bound plus(Bound other, double rounding) {
        double least = low + other.low;
        double greatest = high + other.high;
        double most = Math.max(Math.abs(least), Math.abs(greatest));
        if (centre != 0 || other.centre != 0) {
            return new Bound(least, greatest, error + other.error + rounding * most, Math.min(grid, other.grid))
                    .nearOneOf(this, other, rounding * most);
        }
        boolean sameSign = (low >= 0 && other.low >= 0) || (high <= 0 && other.high <= 0);
        // Numbers of one sign are each no greater than their sum, and so are their relative errors.
        double ofSum = sameSign
                ? base + other.base
                : base + relative * magnitude() + other.base + other.relative * other.magnitude();
        return new Bound(
                least,
                greatest,
                error + other.error + rounding * most,
                ofSum,
                (sameSign ? Math.max(relative, other.relative) : 0) + rounding * (1 + relative + other.relative),
                0,
                Math.min(grid, other.grid));
    }

    /** A sum of two numbers is known near a centre where one of them is and the other is 0, but for noise. */
    private Bound nearOneOf(Bound a, Bound b, double rounding) {
        if (b.low == 0 && b.high == 0) {
            return near(a.centre, a.base + b.error + rounding, a.relative);
        }
        return a.low == 0 && a.high == 0 ? near(b.centre, b.base + a.error + rounding, b.relative) : this;
    }
}
