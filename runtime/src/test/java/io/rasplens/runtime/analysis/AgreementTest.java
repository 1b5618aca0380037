package io.rasplens.runtime.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.grammar.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
    @Test
    void numbersAreEqualAsInRasp() {
        assertThat(Agreement.same(Value.of(1), Value.of(1.0))).isTrue();
        assertThat(Agreement.same(Value.of(1.0), Value.of(1))).isTrue();
        assertThat(Agreement.same(Value.of(1), Value.of(2))).isFalse();
        assertThat(Agreement.same(Value.of(0.0), Value.of(-0.0))).isTrue();
    }

    @Test
    void floatsMayBeALittleOff() {
        assertThat(Agreement.same(Value.of(0.5), Value.of(0.5 + 9e-10))).isTrue();
        assertThat(Agreement.same(Value.of(0.5), Value.of(0.5 + 2e-9))).isFalse();
        assertThat(Agreement.same(Value.of(1), Value.of(1 - 5e-10))).isTrue();
        assertThat(Agreement.same(Value.of(1e12), Value.of(1e12 + 100))).isTrue();
        assertThat(Agreement.same(Value.of(1e12), Value.of(1e12 + 2000))).isFalse();
        assertThat(Agreement.same(Value.of(Double.NaN), Value.of(Double.NaN))).isTrue();
        assertThat(Agreement.same(Value.of(1.0), Value.of(Double.NaN))).isFalse();
        assertThat(Agreement.same(Value.of(1.0), Value.of(Double.POSITIVE_INFINITY)))
                .isFalse();
    }

    @Test
    void otherKindsMustBeTheSame() {
        assertThat(Agreement.same(Value.of(true), Value.of(1))).isFalse();
        assertThat(Agreement.same(Value.of("1"), Value.of(1))).isFalse();
        assertThat(Agreement.same(Value.of("a"), Value.of("a"))).isTrue();
        assertThat(Agreement.same(Value.of(true), Value.of(true))).isTrue();
    }

    @Test
    void theFirstDifferenceOfTwoSequences() {
        List<Value> ab = List.of(Value.of("a"), Value.of("b"));

        assertThat(Agreement.firstDifference(ab, ab)).isEmpty();
        assertThat(Agreement.firstDifference(ab, List.of(Value.of("a"), Value.of("c"))))
                .hasValue(1);
        assertThat(Agreement.firstDifference(ab, ab.subList(0, 1))).hasValue(1);
    }

    /** Two ints that differ are two, however near they are for their size; of a float and an int one may have been rounded. */
    @Test
    void intsAreExact() {
        assertThat(Agreement.same(Value.of(10_000_000_000L), Value.of(10_000_000_001L)))
                .isFalse();
        assertThat(Agreement.same(Value.of(10_000_000_000L), Value.of(10_000_000_001.0)))
                .isTrue();
        assertThat(Agreement.same(Value.of(10_000_000_000.0), Value.of(10_000_000_001L)))
                .isTrue();
        assertThat(Agreement.isInexact(Value.of(1), Value.of(2))).isFalse();
        assertThat(Agreement.isInexact(Value.of(1.5), Value.of(2))).isTrue();
        assertThat(Agreement.isInexact(Value.of(1), Value.of(2.5))).isTrue();
        // As far as is promised is not too far.
        assertThat(Agreement.same(Value.of(1e9), Value.of(1e9 + 1))).isTrue();
        assertThat(Agreement.same(Value.of(1e9), Value.of(1e9 + 1.001))).isFalse();
    }

    /** A model's numbers are neither ints nor floats: they are shown as what was wanted, where they are that. */
    @Test
    void answersGetTheKindsThatWereWanted() {
        assertThat(Agreement.inTheKindsOf(
                        List.of(Value.of(1), Value.of(2.0), Value.of(3), Value.of("a"), Value.of(0.0), Value.of(4)),
                        List.of(
                                Value.of(1.0),
                                Value.of(2),
                                Value.of(3 + 1e-10),
                                Value.of("a"),
                                Value.of(-0.0),
                                Value.of(5.0),
                                Value.of(6.0))))
                .containsExactly(
                        Value.of(1),
                        Value.of(2.0),
                        Value.of(3),
                        Value.of("a"),
                        Value.of(0.0),
                        Value.of(5.0),
                        Value.of(6.0));
        // A float that is only near stays as it came, and so does a bool that equals a number.
        assertThat(Agreement.inTheKindsOf(
                        List.of(Value.of(0.5), Value.of(1), Value.of(true)),
                        List.of(Value.of(0.5 + 1e-10), Value.of(true), Value.of(1))))
                .containsExactly(Value.of(0.5 + 1e-10), Value.of(true), Value.of(1));
        assertThat(Agreement.inTheKindsOf(List.of(Value.of(1)), List.of())).isEmpty();
    }

    @Test
    void errorsAreDistancesOfNumbers() {
        assertThat(Agreement.error(Value.of(2), Value.of(1.5))).isEqualTo(0.5);
        assertThat(Agreement.error(Value.of("a"), Value.of(1.5))).isZero();
        assertThat(Agreement.error(Value.of(Double.POSITIVE_INFINITY), Value.of(Double.POSITIVE_INFINITY)))
                .isZero();
    }
}
