package io.rasplens.compiler.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Powers that can be had in another way are what that way brings, to the last digit. */
class FloatPowerTest {
    private static final int TRIED = 20_000;

    @Test
    void squareRootsQuotientsAndProductsAreTheNearestDoubles() {
        var random = new Random(3);
        for (int i = 0; i < TRIED; i++) {
            double x = Math.scalb(1 + random.nextDouble(), random.nextInt(600) - 300);
            assertThat(FloatPower.power(x, 0.5)).isEqualTo(Math.sqrt(x));
            assertThat(FloatPower.power(x, -1)).isEqualTo(1 / x);
            assertThat(FloatPower.power(x, 2)).isEqualTo(x * x);
        }
    }

    @Test
    void powersOfDecimalsAreTheNearestDoubles() {
        var random = new Random(4);
        for (int i = 0; i < TRIED / 10; i++) {
            double x = random.nextInt(100_000) / 1000.0 + 0.001;
            int n = 3 + random.nextInt(20);
            assertThat(FloatPower.power(x, n))
                    .isEqualTo(new BigDecimal(x).pow(n).doubleValue());
            assertThat(FloatPower.power(-x, n))
                    .isEqualTo(new BigDecimal(-x).pow(n).doubleValue());
            assertThat(FloatPower.power(x, -n))
                    .isEqualTo(BigDecimal.ONE
                            .divide(new BigDecimal(x).pow(n), MathContext.DECIMAL128)
                            .doubleValue());
        }
    }

    @Test
    void powersNearOneAndAtTheEndsOfTheRange() {
        double nearOne = Math.nextUp(1.0);
        // (1 + e)^n = 1 + n e + n (n - 1) / 2 e^2, and the last is far below a digit.
        assertThat(FloatPower.power(nearOne, 1000)).isEqualTo(1 + 1000 * (nearOne - 1));
        assertThat(FloatPower.power(Double.MIN_VALUE, 0.5)).isEqualTo(Math.sqrt(Double.MIN_VALUE));
        assertThat(FloatPower.power(Double.MAX_VALUE, 0.5)).isEqualTo(Math.sqrt(Double.MAX_VALUE));
        assertThat(FloatPower.power(Double.MAX_VALUE, 1e-300)).isEqualTo(1);
        assertThat(FloatPower.power(2, 1023)).isEqualTo(0x1p1023);
        assertThat(FloatPower.power(nearOne, 1e300)).isInfinite();
    }
}
