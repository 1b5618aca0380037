package io.rasplens.runtime.transformer.arithmetic;

/**
 * The error function and its complement, with a relative error under 3e-15 (some ten units in the last place; measured against
 * 60-digit figures).
 *
 * <p>For |x| under 1 the series erf x = 2/√π · e^(-x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!, whose terms are all of one sign; beyond, the
 * continued fraction erfc x = e^(-x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), evaluated from a fixed depth. The border
 * is where erfc x is still large enough (0.16) that 1 - erf x loses no more than three bits.
 */
public final class ErrorFunction {
    private static final double SERIES_LIMIT = 1;
    /** n levels leave a relative error near e^(-2x√(2n)): 1e-19 for n = 250/x². */
    private static final int DEPTH_AT_ONE = 250;
    /** Beyond, erfc x is less than the smallest float64. */
    private static final double UNDERFLOW = 28;

    private static final double SQRT_PI = Math.sqrt(Math.PI);

    private ErrorFunction() {}

    public static double erf(double x) {
        double size = Math.abs(x);
        double value = size < SERIES_LIMIT ? series(size) : 1 - fraction(size);
        return x < 0 ? -value : value;
    }

    /** 1 - erf x, without cancellation for large x. */
    public static double erfc(double x) {
        if (x < 0) {
            return 1 + erf(-x);
        }
        return x < SERIES_LIMIT ? 1 - series(x) : fraction(x);
    }

    private static double series(double x) {
        double term = x;
        double sum = 0;
        for (int n = 0; sum + term != sum; n++) {
            sum += term;
            term *= 2 * x * x / (2 * n + 3);
        }
        return 2 / SQRT_PI * gaussian(x) * sum;
    }

    private static double fraction(double x) {
        if (x > UNDERFLOW) {
            return 0;
        }
        double tail = x;
        for (int n = (int) (DEPTH_AT_ONE / (x * x)) + 10; n >= 1; n--) {
            tail = x + n / 2.0 / tail;
        }
        return gaussian(x) / (SQRT_PI * tail);
    }

    /**
     * e^(-x²). The rounding of x² alone would cost x² units in the last place; so x is split in two, and the square of the
     * front half is exact.
     */
    private static double gaussian(double x) {
        double front = (float) x;
        return Exponential.exp(-front * front) * Exponential.exp(-(x - front) * (x + front));
    }
}
