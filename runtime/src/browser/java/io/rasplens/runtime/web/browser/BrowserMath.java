package io.rasplens.runtime.web.browser;

/**
 * What TeaVM's {@code Math} gets wrong: there {@code rint} rounds halves away from zero and {@code ulp(1)} is 5e-309.
 * {@link CorrectLibrary} puts these in their place.
 */
public final class BrowserMath {
    /** From here on every double is whole. */
    private static final double ALL_WHOLE = 0x1p52;

    private static final int MANTISSA = 52;

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
        int exponent = Math.getExponent(size);
        return exponent < Double.MIN_EXPONENT ? Double.MIN_VALUE : Math.scalb(1.0, exponent - MANTISSA);
    }
}
