package io.rasplens.runtime.transformer.arithmetic;

import io.rasplens.grammar.platform.DoubleHalves;

/**
 * e^x with the bits of {@link StrictMath#exp}, on every machine and in a browser alike, where {@code Math.exp} may differ in the
 * last place and {@code StrictMath} is not ours.
 *
 * <p>The method is that of fdlibm: x = k·ln 2 + r with |r| at most half of ln 2, the ln 2 kept in two parts so that r does not
 * lose its last digits; e^r from a fraction whose even part is a polynomial in r²; and k is added to the exponent. Its error is
 * less than one unit in the last place. The constants and the order of every operation are part of the result.
 */
public final class Exponential {
    /** The upper half of ln 2, short enough that its product with k is exact. */
    private static final double LN2_HIGH = 0x1.62e42feep-1;

    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    private static final double ONE_BY_LN2 = 0x1.71547652b82fep0;

    private static final double P1 = 0x1.555555555553ep-3;
    private static final double P2 = -0x1.6c16c16bebd93p-9;
    private static final double P3 = 0x1.1566aaf25de2cp-14;
    private static final double P4 = -0x1.bbd41c5d26bf1p-20;
    private static final double P5 = 0x1.6376972bea4d0p-25;

    private static final double OVERFLOW = 0x1.62e42fefa39efp9;
    private static final double UNDERFLOW = -0x1.74910d52d3051p9;

    /** Borders of |x|, as the upper halves of their bits: where e^x is 1 + x, where k is 0, where k is 1 or -1. */
    private static final int TINY = 0x3e300000;

    private static final int HALF_LN2 = 0x3fd62e42;
    private static final int THREE_HALVES_LN2 = 0x3ff0a2b2;

    /** Where the exponent begins in the upper half. */
    private static final int EXPONENT = 20;

    private static final int SMALLEST_NORMAL = -1021;
    private static final int DETOUR = 1000;

    private Exponential() {}

    public static double exp(double x) {
        if (!(x <= OVERFLOW && x >= UNDERFLOW)) {
            return x > 0 ? Double.POSITIVE_INFINITY : x < 0 ? 0 : x;
        }
        int size = DoubleHalves.high(x) & 0x7fffffff;
        if (size <= HALF_LN2) {
            return size < TINY ? 1 + x : nearZero(x);
        }
        int k;
        double high;
        double low;
        if (size < THREE_HALVES_LN2) {
            k = x < 0 ? -1 : 1;
            high = x < 0 ? x + LN2_HIGH : x - LN2_HIGH;
            low = x < 0 ? -LN2_LOW : LN2_LOW;
        } else {
            k = (int) (ONE_BY_LN2 * x + (x < 0 ? -0.5 : 0.5));
            high = x - k * LN2_HIGH;
            low = k * LN2_LOW;
        }
        double r = high - low;
        double c = even(r);
        return scale(1 - ((low - (r * c) / (2 - c)) - high), k);
    }

    private static double nearZero(double r) {
        double c = even(r);
        return 1 - ((r * c) / (c - 2) - r);
    }

    /** r·coth(r/2) by its polynomial in r², as r - r²·(…). */
    private static double even(double r) {
        double t = r * r;
        return r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
    }

    /** y·2^k; where that is below the normal numbers, it is rounded once, at the end. */
    private static double scale(double y, int k) {
        return k >= SMALLEST_NORMAL ? shift(y, k) : shift(y, k + DETOUR) * 0x1p-1000;
    }

    private static double shift(double y, int k) {
        return DoubleHalves.of(DoubleHalves.high(y) + (k << EXPONENT), DoubleHalves.low(y));
    }
}
