package io.rasplens.compiler.interpret;

import java.math.BigInteger;

/**
 * The double nearest to the quotient of two ints, halves to even, however large they are ({@code 10^400/10^399} is 10.0).
 *
 * <p>The quotient is taken with a few more bits than a double holds and a sticky bit for the rest, then rounded once. Results
 * below the normal range keep fewer bits, so the place to round at is capped there.
 */
final class TrueDivision {
    private static final int PRECISION = 53;
    private static final int GUARD_BITS = 2;

    /** Bits left of the point of the smallest normal double's exponent, in {@code 0.1xxx * 2^e} form. */
    private static final int MIN_EXPONENT = Double.MIN_EXPONENT + 1;

    private TrueDivision() {}

    /** @throws EvaluationException if the result is beyond the range of a double */
    static double divide(BigInteger dividend, BigInteger divisor) throws EvaluationException {
        BigInteger a = dividend.abs();
        BigInteger b = divisor.abs();
        int sign = dividend.signum() * divisor.signum();
        if (sign == 0) {
            return divisor.signum() < 0 && dividend.signum() == 0 ? -0.0 : 0.0;
        }
        int exponent = a.bitLength() - b.bitLength();
        int shift = Math.max(exponent, MIN_EXPONENT) - PRECISION - GUARD_BITS;
        BigInteger[] parts =
                shift < 0 ? a.shiftLeft(-shift).divideAndRemainder(b) : a.divideAndRemainder(b.shiftLeft(shift));
        long quotient = parts[0].longValueExact();
        boolean inexact = parts[1].signum() != 0;
        int quotientBits = Long.SIZE - Long.numberOfLeadingZeros(quotient);
        int dropped = Math.max(quotientBits, MIN_EXPONENT - shift) - PRECISION;
        double result = Math.scalb((double) roundToEven(quotient, dropped, inexact), shift);
        if (Double.isInfinite(result)) {
            throw new EvaluationException(EvaluationCode.FLOAT_OVERFLOW, "the quotient is too large for a float");
        }
        return sign * result;
    }

    /** {@code value} with its lowest {@code bits} bits rounded away (left zero). */
    private static long roundToEven(long value, int bits, boolean inexact) {
        long unit = 1L << bits;
        long half = unit >> 1;
        long rest = value & (unit - 1);
        long floor = value - rest;
        boolean up = rest > half || (rest == half && (inexact || (floor & unit) != 0));
        return up ? floor + unit : floor;
    }
}
