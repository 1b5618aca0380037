package io.rasplens.compiler.infer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import org.junit.jupiter.api.Test;

/** What a set of values answers for itself: whether it is listed, whether it is numbers, and between which bounds they lie. */
class ValueSetTest {
    private static ValueSet listed(Value... values) {
        return new ValueSet.Finite(ImmutableList.copyOf(values), true);
    }

    @Test
    void aBoolIsNumericAndNoNumber() {
        assertThat(listed(Value.of(1), Value.of(true)).isNumeric()).isTrue();
        assertThat(listed(Value.of(1), Value.of(true)).isNumber()).isFalse();
    }

    @Test
    void aStringIsNeither() {
        assertThat(listed(Value.of("a"), Value.of(1)).isNumeric()).isFalse();
        assertThat(listed(Value.of("a"), Value.of(1)).isNumber()).isFalse();
    }

    @Test
    void intsAndFloatsAreNumbers() {
        assertThat(listed(Value.of(1), Value.of(2.5)).isNumber()).isTrue();
    }

    @Test
    void whatIsNotListedIsNumbersBetweenItsBounds() {
        var interval = new ValueSet.Interval(-2, 7);

        assertThat(interval.isListed()).isFalse();
        assertThat(interval.isNumber()).isTrue();
        assertThat(interval.range()).isEqualTo(new NumberRange(-2, 7));
    }

    @Test
    void theRangeCountsBoolsAndPassesOverStrings() {
        assertThat(listed(Value.of(true), Value.of(-3), Value.of("z")).range()).isEqualTo(new NumberRange(-3, 1));
    }

    @Test
    void theRangeOfNoNumberIsZeroAlone() {
        assertThat(listed(Value.of("a")).range().isPoint()).isTrue();
        assertThat(listed().range()).isEqualTo(new NumberRange(0, 0));
    }

    @Test
    void aDifferenceIsLeastWhereTheOtherIsGreatest() {
        assertThat(new NumberRange(1, 4).minus(new NumberRange(-2, 3))).isEqualTo(new NumberRange(-2, 6));
    }

    @Test
    void theMagnitudeIsThatOfTheFartherBound() {
        assertThat(new NumberRange(-5, 4).magnitude()).isEqualTo(5);
        assertThat(new NumberRange(2, 4).magnitude()).isEqualTo(4);
        assertThat(new NumberRange(-4, -2).magnitude()).isEqualTo(4);
    }
}
