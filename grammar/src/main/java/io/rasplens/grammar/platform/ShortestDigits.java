package io.rasplens.grammar.platform;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** The shortest decimal that reads back as a double. JavaScript finds it by itself, so a page has another class in place of this one. */
public final class ShortestDigits {
    private ShortestDigits() {}

    /** So many digits read back whatever the double. */
    private static final int ENOUGH = 17;

    /**
     * {@code Double.toString} gives too many digits for some doubles before JDK 19 (2.0E-3 came out as 0.0020 or longer), so
     * shorter roundings are tried until none reads back: if none of some digits does, none of fewer does.
     */
    public static BigDecimal of(double value) {
        var exact = new BigDecimal(value);
        int precision = Math.min(
                ENOUGH,
                new BigDecimal(Double.toString(value)).stripTrailingZeros().precision());
        Optional<BigDecimal> shortest = ofDigits(exact, value, precision);
        while (precision > 1) {
            Optional<BigDecimal> shorter = ofDigits(exact, value, --precision);
            if (shorter.isEmpty()) {
                break;
            }
            shortest = shorter;
        }
        return shortest.orElseGet(() -> exact.round(new MathContext(ENOUGH, RoundingMode.HALF_EVEN)));
    }

    /**
     * What reads back of so many digits. Above a power of two doubles lie farther apart than below it, so there the nearest rounding can
     * miss where the one above it does not ({@code 2^122}).
     */
    private static Optional<BigDecimal> ofDigits(BigDecimal exact, double value, int precision) {
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP}) {
            BigDecimal rounded = exact.round(new MathContext(precision, mode));
            if (rounded.doubleValue() == value) {
                return Optional.of(rounded);
            }
        }
        return Optional.empty();
    }
}
