package io.rasplens.grammar.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The digits read back, and no number of fewer digits does. */
class ShortestDigitsTest {
    private static final int TRIED = 3000;

    @Test
    void ofNumbersOfAnySize() {
        var random = new Random(7);
        for (int i = 0; i < TRIED; i++) {
            double value = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
            if (Double.isFinite(value) && value > 0) {
                isShortest(value);
            }
        }
    }

    @Test
    void ofFractionsAndDecimals() {
        for (int i = 1; i < TRIED; i++) {
            isShortest(i / 1000.0);
            isShortest(i / 7.0);
            isShortest(1.0 / i);
        }
    }

    /** Above a power of two doubles lie farther apart than below it. */
    @Test
    void ofPowersOfTwoAndTheirNeighbours() {
        for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent++) {
            double power = Math.scalb(1.0, exponent);
            isShortest(power);
            isShortest(Math.nextUp(power));
            if (power > Double.MIN_VALUE) {
                isShortest(Math.nextDown(power));
            }
        }
    }

    private static void isShortest(double value) {
        BigDecimal shortest = ShortestDigits.of(value).stripTrailingZeros();
        assertThat(shortest.doubleValue()).isEqualTo(value);
        var exact = new BigDecimal(value);
        for (int digits = 1; digits < shortest.precision(); digits++) {
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
                assertThat(exact.round(new MathContext(digits, mode)).doubleValue())
                        .as("%s in %d digits", shortest, digits)
                        .isNotEqualTo(value);
            }
        }
    }
}
