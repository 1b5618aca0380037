package io.rasplens.grammar.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleHalvesTest {
    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.0,
                -0.0,
                1,
                -1,
                0.1,
                Math.PI,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Double.MAX_VALUE,
                Double.NEGATIVE_INFINITY,
                0x1.00000ffffffffp3,
                0x1.00000p52 + 0xffffffffL
            })
    void halvesMakeTheWhole(double x) {
        double again = DoubleHalves.of(DoubleHalves.high(x), DoubleHalves.low(x));
        assertThat(Double.doubleToRawLongBits(again)).isEqualTo(Double.doubleToRawLongBits(x));
    }

    @Test
    void theUpperHalfHasTheSignAndTheExponent() {
        assertThat(DoubleHalves.high(-2)).isEqualTo(0xc0000000);
        assertThat(DoubleHalves.high(1.5)).isEqualTo(0x3ff80000);
        assertThat(DoubleHalves.low(1.5)).isZero();
        assertThat(DoubleHalves.low(0x1.00000ffffffffp0)).isEqualTo(0xffffffff);
    }
}
