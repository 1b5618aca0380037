package io.rasplens.runtime.transformer;

/**
 * The error function to a few units in the last place.
 *
 * <p>For |x| under 2.5 the series erf x = 2/√π · e^(-x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!, whose terms are all of one sign; beyond,
 * the continued fraction erfc x = e^(-x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), evaluated from a fixed depth.
 */
final class ErrorFunction {
    private static final double SERIES_LIMIT = 2.5;
    /** At 2.5, where it converges slowest, 60 levels leave less than 1e-17 of relative error. */
    private static final int DEPTH = 60;

    private static final double SQRT_PI = Math.sqrt(Math.PI);

    private ErrorFunction() {}

    static double erf(double x) {
        double size = Math.abs(x);
        double value = size < SERIES_LIMIT ? series(size) : 1 - fraction(size);
        return x < 0 ? -value : value;
    }

    /** 1 - erf x, without cancellation for large x. */
    static double erfc(double x) {
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
        return 2 / SQRT_PI * StrictMath.exp(-x * x) * sum;
    }

    private static double fraction(double x) {
        double tail = x;
        for (int n = DEPTH; n >= 1; n--) {
            tail = x + n / 2.0 / tail;
        }
        return StrictMath.exp(-x * x) / (SQRT_PI * tail);
    }
}
