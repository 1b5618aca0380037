package io.rasplens.compiler.certify;

import io.rasplens.grammar.platform.DoubleHalves;

/**
 * Powers of two of which numbers are known to be multiples: 1 for ints, a half for halves. Floats hold multiples of one grid without
 * rounding as long as they are not too great, and so products and sums of them come out to the last bit.
 *
 * <p>Noise far below the last digit does not stay: {@code fl(g + e) = g} for a multiple {@code g} other than 0 of the grid and
 * {@code |e|} less than half the distance to the next float, which is {@code grid · u / 2} at least. At {@code g = 0} it stays as it is.
 */
final class BinaryGrid {
    /** That of 0, which is a multiple of everything. */
    static final double ANY = Double.POSITIVE_INFINITY;

    /** Nothing is known. */
    static final double NONE = 0;

    private BinaryGrid() {}

    /** Numbers of more binary digits are taken for rounded ones: what they stand for is on no grid. */
    private static final int DIGITS = 30;

    /** The digit before the point, which is not stored, over the upper half of the digits behind it. */
    private static final int IMPLICIT_ONE = 1 << 20;

    /** The coarsest grid that a number is on: the value of its last digit that is not 0. */
    static double of(double number) {
        if (number == 0) {
            return ANY;
        }
        int low = DoubleHalves.low(number);
        int zeros = low != 0
                ? Integer.numberOfTrailingZeros(low)
                : Integer.SIZE + Integer.numberOfTrailingZeros(DoubleHalves.high(number) | IMPLICIT_ONE);
        return 53 - zeros > DIGITS ? NONE : Math.scalb(Math.ulp(number), zeros);
    }

    /**
     * Whether sums of multiples of a grid come out to the last bit.
     *
     * @param size bound on the sum of the terms' magnitudes
     * @param noise bound on how far all terms together are off their multiples
     * @param unit the unit roundoff
     */
    static boolean keeps(double grid, double size, double noise, double unit) {
        return size <= grid / unit && noise <= grid * unit / 4;
    }
}
