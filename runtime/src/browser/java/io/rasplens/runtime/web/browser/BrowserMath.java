package io.rasplens.runtime.web.browser;

/**
 * What TeaVM's {@code Math} gets wrong ({@code rint} rounds halves away from zero and {@code ulp(1)} is 5e-309), and what it does by way of
 * 64-bit integers, which take JavaScript a hundred times as long as it needs. {@link CorrectLibrary} puts these in their place.
 */
public final class BrowserMath {
    /** From here on every double is whole. */
    private static final double ALL_WHOLE = 0x1p52;

    private static final int MANTISSA = 52;

    /** Digits of the mantissa in the upper half of a double. */
    private static final int UPPER = 20;

    private static final int EXPONENTS = 0x7ff;
    private static final int NOT_A_NUMBER = 0x7ff80000;

    /** Powers of two are multiplied with in steps of this exponent at the most. */
    private static final int STEP = 512;

    private BrowserMath() {}

    public static double rint(double x) {
        double size = Math.abs(x);
        return size < ALL_WHOLE ? Math.copySign(size + ALL_WHOLE - ALL_WHOLE, x) : x;
    }

    /** The nearest int, of two the greater one. */
    public static long round(double x) {
        double below = Math.floor(x);
        return (long) (x - below >= 0.5 ? below + 1 : below);
    }

    public static double ulp(double x) {
        double size = Math.abs(x);
        if (!(size <= Double.MAX_VALUE)) {
            return size;
        }
        int exponent = getExponent(size);
        return exponent < Double.MIN_EXPONENT ? Double.MIN_VALUE : scalb(1.0, exponent - MANTISSA);
    }

    public static int getExponent(double x) {
        return ((BrowserDoubleHalves.high(x) >>> UPPER) & EXPONENTS) - Double.MAX_EXPONENT;
    }

    /**
     * x·2^n, rounded once: the first factor is the one that is no whole step, and a product that has lost digits below the normal numbers is
     * 0 after one step more.
     */
    public static double scalb(double x, int n) {
        if (n >= Double.MIN_EXPONENT && n <= Double.MAX_EXPONENT) {
            return x * powerOfTwo(n);
        }
        int left = Math.max(-5 * STEP, Math.min(5 * STEP, n));
        int steps = (left + (left < 0 ? -STEP / 2 : STEP / 2)) / STEP;
        double product = x * powerOfTwo(left - steps * STEP);
        double step = powerOfTwo(steps < 0 ? -STEP : STEP);
        for (int i = Math.abs(steps); i > 0; i--) {
            product *= step;
        }
        return product;
    }

    private static double powerOfTwo(int n) {
        return BrowserDoubleHalves.of((n + Double.MAX_EXPONENT) << UPPER, 0);
    }

    /** {@code Double.hashCode}. */
    public static int hashCode(double x) {
        return x == x ? BrowserDoubleHalves.high(x) ^ BrowserDoubleHalves.low(x) : NOT_A_NUMBER;
    }
}
