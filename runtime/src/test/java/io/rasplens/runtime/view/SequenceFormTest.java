package io.rasplens.runtime.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.grammar.value.Value;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceFormTest {
    @Test
    void namesTheKind() {
        assertThat(SequenceForm.of(List.of(Value.of(0), Value.of(1)))).isEqualTo("[0, 1] (ints)");
        assertThat(SequenceForm.of(List.of(Value.of("h"), Value.of(" ")))).isEqualTo("[h,  ] (strings)");
        assertThat(SequenceForm.of(List.of(Value.of(true), Value.of(false)))).isEqualTo("[T, F] (bools)");
        assertThat(SequenceForm.of(List.of(Value.of(0.5), Value.of(1)))).isEqualTo("[0.5, 1] (floats)");
        assertThat(SequenceForm.of(List.of(Value.of(true), Value.of(2)))).isEqualTo("[T, 2] (ints)");
        assertThat(SequenceForm.of(List.of(Value.of(true), Value.of(2.5)))).isEqualTo("[T, 2.5] (floats)");
    }

    @Test
    void foldsEqualValues() {
        assertThat(SequenceForm.of(List.of(Value.of(5), Value.of(5), Value.of(5))))
                .isEqualTo("[5]*3 (ints)");
        assertThat(SequenceForm.of(List.of(Value.of(1), Value.of(1.0)))).isEqualTo("[1]*2 (floats)");
        assertThat(SequenceForm.of(List.of(Value.of("a")))).isEqualTo("[a] (strings)");
    }

    @Test
    void roundsFloatsToThreeDigitsOfTheExactDouble() {
        assertThat(SequenceForm.element(Value.of(1 / 3.0))).isEqualTo("0.333");
        assertThat(SequenceForm.element(Value.of(2.0))).isEqualTo("2.0");
        assertThat(SequenceForm.element(Value.of(1e16))).isEqualTo("1e+16");
        assertThat(SequenceForm.element(Value.of(0.0625))).isEqualTo("0.062");
        assertThat(SequenceForm.element(Value.of(2.6755))).isEqualTo("2.675");
        assertThat(SequenceForm.element(Value.of(-0.0001))).isEqualTo("-0.0");
        assertThat(SequenceForm.element(Value.of(1e300))).isEqualTo("1e+300");
        assertThat(SequenceForm.element(Value.of(Double.NaN))).isEqualTo("nan");
    }

    @Test
    void keepsIntsExact() {
        assertThat(SequenceForm.element(new io.rasplens.grammar.value.IntValue(BigInteger.TEN.pow(30))))
                .isEqualTo("1" + "0".repeat(30));
    }
}
