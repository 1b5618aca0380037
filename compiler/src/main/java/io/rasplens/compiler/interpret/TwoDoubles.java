package io.rasplens.compiler.interpret;

/**
 * A number as the sum of two doubles, the second less than the first one's last digit: some 31 digits, at the price of a few products.
 * The products are split by hand, as not every host has a fused multiply-add.
 */
record TwoDoubles(double high, double low) {
    /** {@code 2^27 + 1}: a double times it falls into two of 26 digits. */
    private static final double SPLIT = (1 << 27) + 1;

    /** Terms of the logarithm's series: for what is at most a fifth, 25 odd powers are 36 digits. */
    private static final int TERMS = 25;

    private static final TwoDoubles LN_2 = new TwoDoubles(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56);

    /** {@code ln x} of a positive normal number, off by some {@code 10^-30 max(1, |ln x|)}. */
    static TwoDoubles log(double x) {
        int exponent = Math.getExponent(x);
        double mantissa = Math.scalb(x, -exponent);
        if (mantissa > 1.5) {
            mantissa /= 2;
            exponent++;
        }
        // Both are exact: the mantissa lies between 3/4 and 3/2.
        TwoDoubles z = new TwoDoubles(mantissa - 1, 0).over(sum(mantissa, 1));
        TwoDoubles square = z.times(z);
        TwoDoubles power = z;
        TwoDoubles sum = z;
        for (int k = 1; k < TERMS; k++) {
            power = power.times(square);
            sum = sum.plus(power.over(new TwoDoubles(2 * k + 1, 0)));
        }
        return LN_2.times(exponent).plus(new TwoDoubles(2 * sum.high, 2 * sum.low));
    }

    TwoDoubles plus(TwoDoubles other) {
        TwoDoubles highs = sum(high, other.high);
        TwoDoubles lows = sum(low, other.low);
        TwoDoubles first = normal(highs.high, highs.low + lows.high);
        return normal(first.high, first.low + lows.low);
    }

    /** The difference as one double: of near numbers its own last digits are right. */
    double minus(TwoDoubles other) {
        TwoDoubles difference = plus(new TwoDoubles(-other.high, -other.low));
        return difference.high + difference.low;
    }

    TwoDoubles times(double factor) {
        TwoDoubles product = product(high, factor);
        return normal(product.high, product.low + low * factor);
    }

    private TwoDoubles times(TwoDoubles other) {
        TwoDoubles product = product(high, other.high);
        return normal(product.high, product.low + (high * other.low + low * other.high));
    }

    private TwoDoubles over(TwoDoubles divisor) {
        double first = high / divisor.high;
        double rest = minus(divisor.times(first));
        return normal(first, rest / divisor.high);
    }

    /** Of two any doubles, exactly. */
    private static TwoDoubles sum(double a, double b) {
        double sum = a + b;
        double ofB = sum - a;
        return new TwoDoubles(sum, (a - (sum - ofB)) + (b - ofB));
    }

    /** Of two doubles of which the first is not the smaller, exactly. */
    private static TwoDoubles normal(double a, double b) {
        double sum = a + b;
        return new TwoDoubles(sum, b - (sum - a));
    }

    /** Of two doubles, exactly, if nothing overflows or falls below the least normal number. */
    private static TwoDoubles product(double a, double b) {
        double product = a * b;
        double highA = upper(a);
        double lowA = a - highA;
        double highB = upper(b);
        double lowB = b - highB;
        return new TwoDoubles(product, ((highA * highB - product) + highA * lowB + lowA * highB) + lowA * lowB);
    }

    private static double upper(double a) {
        double scaled = SPLIT * a;
        return scaled - (scaled - a);
    }
}
