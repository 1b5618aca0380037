package io.rasplens.compiler.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreScaleTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 12, 64, 100, 513, 2048})
    void factorIsTheRootRoundedUpToFewDigits(int dHead) {
        double root = Math.sqrt(dHead);
        double before = ScoreScale.before(root);
        assertThat(before / root).isBetween(1.0, 1 + ScoreScale.EXCESS);
        assertThat(Math.scalb(before, ScoreScale.DIGITS - 1 - Math.getExponent(before)))
                .isEqualTo(Math.rint(Math.scalb(before, ScoreScale.DIGITS - 1 - Math.getExponent(before))));
    }

    @Test
    void rootsOfFewDigitsStay() {
        assertThat(ScoreScale.before(4)).isEqualTo(4);
        assertThat(ScoreScale.before(1.5)).isEqualTo(1.5);
    }

    /** What the factor is for: sums of ints, in any parts, are divided to the same score. */
    @Test
    void equalScoresComeOutEqual() {
        double before = ScoreScale.before(Math.sqrt(3));
        for (int k = 0; k < 100; k++) {
            double parts = 50 * before * k + 50 * before * (1 - k);
            assertThat(parts).isEqualTo(50 * before);
        }
    }
}
