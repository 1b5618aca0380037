package io.rasplens.compiler.interpret;

import java.math.BigInteger;

/**
 * How large a single value may grow. Ints are exact at any size a program could mean; these bounds only stop the ones that would
 * exhaust the machine, such as {@code 9^9^9} or a string doubled in a loop.
 */
public final class ValueLimits {
    /** About 39,000 decimal digits. */
    public static final int MAX_INT_BITS = 1 << 17;

    /** UTF-16 units in one string. */
    public static final int MAX_STRING_LENGTH = 1 << 20;

    private ValueLimits() {}

    static BigInteger checked(BigInteger value) throws EvaluationException {
        checkBits(value.bitLength());
        return value;
    }

    static void checkBits(long bits) throws EvaluationException {
        if (bits > MAX_INT_BITS) {
            throw new EvaluationException(
                    EvaluationCode.TOO_LARGE, "the int has more than the " + MAX_INT_BITS + " binary digits allowed");
        }
    }

    static void checkLength(long length) throws EvaluationException {
        if (length > MAX_STRING_LENGTH) {
            throw new EvaluationException(
                    EvaluationCode.TOO_LARGE,
                    "the string would have " + length + " characters; " + MAX_STRING_LENGTH + " are allowed");
        }
    }
}
