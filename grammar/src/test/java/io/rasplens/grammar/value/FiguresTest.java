package io.rasplens.grammar.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void writesAsJavasFormatterDoes() {
        for (double value : new double[] {
            0,
            -0.0,
            1,
            9.96,
            10,
            12.5,
            99.9,
            1e100,
            1e-5,
            2.220446049250313e-16,
            -3.7e-44,
            4.9e-324,
            Double.MAX_VALUE,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        }) {
            assertThat(Figures.scientific(value)).isEqualTo(String.format(Locale.ROOT, "%.1e", value));
        }
        var random = new Random(17);
        for (int i = 0; i < 2_000; i++) {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(80) - 40);
            assertThat(Figures.scientific(value)).isEqualTo(String.format(Locale.ROOT, "%.1e", value));
        }
    }
}
