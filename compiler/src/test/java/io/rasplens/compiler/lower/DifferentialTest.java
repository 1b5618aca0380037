package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.grammar.value.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferentialTest {
    /** The yardstick of everything random is the promise: relative to the number expected, absolute below 1. */
    @ParameterizedTest
    @CsvSource({
        "0.0, 9e-10, true",
        "0.0, 1.1e-9, false",
        "-1.0, -1.0000000009, true",
        "1e9, 1000000000.9, true",
        "1e9, 1000000001.1, false",
        "1e12, 1000000000900.0, true",
        "1e12, 1000000001100.0, false",
        "1.0, 1e9, false"
    })
    void numbersAreTheSameWhereThePromiseSaysSo(double expected, double actual, boolean same) {
        assertThat(Differential.same(Value.of(expected), Value.of(actual))).isEqualTo(same);
        assertThat(Differential.same(Value.of(-expected), Value.of(-actual))).isEqualTo(same);
    }
}
