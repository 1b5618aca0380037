package io.rasplens.compiler.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BinaryGridTest {

    @Test
    void gridIsTheLastDigit() {
        assertThat(BinaryGrid.of(1)).isEqualTo(1);
        assertThat(BinaryGrid.of(-96)).isEqualTo(32);
        assertThat(BinaryGrid.of(2.5)).isEqualTo(0.5);
        assertThat(BinaryGrid.of(0)).isEqualTo(BinaryGrid.ANY);
    }

    @Test
    void roundedNumbersAreOnNoGrid() {
        assertThat(BinaryGrid.of(0.1)).isEqualTo(BinaryGrid.NONE);
        assertThat(BinaryGrid.of(100 * Math.sqrt(3))).isEqualTo(BinaryGrid.NONE);
    }

    @Test
    void greatNumbersAreNotKept() {
        assertThat(BinaryGrid.keeps(1, 0x1p53, 0, Roundoff.FLOAT64)).isTrue();
        assertThat(BinaryGrid.keeps(1, 0x1p54, 0, Roundoff.FLOAT64)).isFalse();
        assertThat(BinaryGrid.keeps(0.5, 0x1p24, 0, Roundoff.FLOAT32)).isFalse();
    }

    /** Noise that is kept off a sum is lost in every step of it, but where the sum is 0. */
    @Test
    void littleNoiseIsLostBesideMultiples() {
        double noise = Roundoff.FLOAT64 / 4;
        assertThat(BinaryGrid.keeps(1, 100, noise, Roundoff.FLOAT64)).isTrue();
        var random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            int number = random.nextInt(-50, 50);
            int constant = random.nextInt(1, 50);
            double noisy = number + (2 * random.nextDouble() - 1) * noise;
            assertThat(noisy + constant).isEqualTo(number + constant);
        }
    }
}
