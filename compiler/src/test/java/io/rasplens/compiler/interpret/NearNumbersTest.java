package io.rasplens.compiler.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.model.Precision;
import io.rasplens.grammar.value.Value;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which numbers are one to a transformer. */
class NearNumbersTest {
    private static final double BELOW_HALF = Math.nextDown(0.5);
    private static final NearNumbers BESIDE_STRINGS = NearNumbers.among(List.of(Value.of(0.5), Value.of("a")));

    @Test
    void anUlpIsNearAndAThousandthOfThePromiseIsTheMost() {
        assertThat(BESIDE_STRINGS.are(0.5, BELOW_HALF)).isTrue();
        assertThat(BESIDE_STRINGS.are(3e9, 3e9 + 1e-3)).isTrue();
        assertThat(BESIDE_STRINGS.are(0.5, 0.5 + 3e-12)).isFalse();
        assertThat(BESIDE_STRINGS.are(-0.5, 0.5)).isFalse();
        assertThat(NearNumbers.SAME_SUM).isLessThanOrEqualTo(Precision.PROMISED / 1000);
    }

    @Test
    void numbersAloneAreThemselves() {
        var alone = NearNumbers.among(List.of(Value.of(0.5), Value.of(1)));

        assertThat(alone.are(0.5, BELOW_HALF)).isFalse();
        assertThat(alone.isIn(new TreeSet<>(List.of(BELOW_HALF)), 0.5)).isFalse();
        assertThat(NearNumbers.among(List.of(Value.of(0.5), Value.of(true))).are(0.5, BELOW_HALF))
                .isTrue();
    }

    @Test
    void aNumberIsAmongThoseNearIt() {
        var numbers = new TreeSet<>(List.of(BELOW_HALF, 2.0));

        assertThat(BESIDE_STRINGS.isIn(numbers, 0.5)).isTrue();
        assertThat(BESIDE_STRINGS.isIn(numbers, Math.nextUp(2.0))).isTrue();
        assertThat(BESIDE_STRINGS.isIn(numbers, 1.0)).isFalse();
    }

    @Test
    void whatIsSaidOfNearNumbersIsSaidOfEach() {
        var said = new TreeMap<Double, BitSet>();
        said.put(BELOW_HALF, BitSet.valueOf(new long[] {0b01}));
        said.put(0.5, BitSet.valueOf(new long[] {0b10}));
        said.put(0.6, BitSet.valueOf(new long[] {0b100}));

        assertThat(BESIDE_STRINGS.said(said, BELOW_HALF).toLongArray()).containsExactly(0b11);
        assertThat(BESIDE_STRINGS.said(said, 0.5).toLongArray()).containsExactly(0b11);
        assertThat(BESIDE_STRINGS.said(said, 0.6).toLongArray()).containsExactly(0b100);
    }
}
