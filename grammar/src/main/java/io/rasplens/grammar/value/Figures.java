package io.rasplens.grammar.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers in messages, rounded to what a reader can use. Java's own formatter has no {@code %e} where this runs as JavaScript. */
public final class Figures {
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

    private Figures() {}

    /** Two digits and an exponent, as {@code %.1e} writes them: {@code 2.2e-16}. */
    public static String scientific(double value) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0e+00" : "0.0e+00";
        }
        BigDecimal rounded = new BigDecimal(Math.abs(value)).round(TWO_DIGITS);
        int exponent = rounded.precision() - rounded.scale() - 1;
        String digits = rounded.unscaledValue() + "0";
        return (value < 0 ? "-" : "") + digits.charAt(0) + "." + digits.charAt(1) + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
