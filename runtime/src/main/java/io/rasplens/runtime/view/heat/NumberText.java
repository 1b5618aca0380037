package io.rasplens.runtime.view.heat;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people: a few digits, no trailing zeros. */
public final class NumberText {
    private static final int DIGITS = 3;

    private NumberText() {}

    /** {@code 1}, {@code 0.333}, {@code -2.5}, {@code 1.2E-9}, {@code -inf}. */
    public static String brief(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
        int magnitude = rounded.precision() - rounded.scale();
        return magnitude > 7 || magnitude < -3 ? rounded.toString() : rounded.toPlainString();
    }
}
