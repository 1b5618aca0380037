package io.rasplens.grammar.platform;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The shortest decimal that reads back as a double. JavaScript finds it by itself, so a page has another class in place of this one. */
public final class ShortestDigits {
    private ShortestDigits() {}

    /**
     * {@code Double.toString} gives too many digits for some doubles before JDK 19 (2.0E-3 came out as 0.0020 or longer), so
     * shorter roundings are tried until one reads back. Above a power of two doubles lie farther apart than below it, so there
     * the nearest rounding can miss where the one above it does not ({@code 2^122}).
     */
    public static BigDecimal of(double value) {
        var exact = new BigDecimal(value);
        for (int precision = 1; precision < 17; precision++) {
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP}) {
                BigDecimal rounded = exact.round(new MathContext(precision, mode));
                if (rounded.doubleValue() == value) {
                    return rounded;
                }
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
    }
}
