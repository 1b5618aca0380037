package io.rasplens.runtime.analysis.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryTest {
    /** Of numbers, an answer that is off by rounding is the same answer. */
    @ParameterizedTest
    @ValueSource(strings = {"frac_prevs", "pair_balance", "smooth", "hist", "sort"})
    void measuresWhereTheDecodedAnswersDifferAndNowhereElse(String example) {
        CompiledProgram compiled = CompiledProgram.example(example, 1);
        HookedTransformer model = compiled.transformer();
        List<ImmutableList<Value>> inputs = compiled.inputs(300).stream()
                .filter(input -> input.size() == compiled.target().maxLength())
                .toList();
        int measured = 0;
        for (int i = 0; i + 1 < inputs.size(); i += 2) {
            ImmutableList<Value> clean = model.run(inputs.get(i));
            ImmutableList<Value> corrupted = model.run(inputs.get(i + 1));
            int first = 0;
            while (first < clean.size() && same(clean.get(first), corrupted.get(first))) {
                first++;
            }
            TokenBatch cleanTokens = model.encode(inputs.get(i));
            TokenBatch otherTokens = model.encode(inputs.get(i + 1));
            if (first == clean.size()) {
                assertThatThrownBy(() -> Recovery.between(model, cleanTokens, otherTokens, OptionalInt.empty()))
                        .isInstanceOfSatisfying(
                                EngineException.class,
                                e -> assertThat(e.code()).isEqualTo(EngineCode.NOTHING_TO_RECOVER));
                continue;
            }
            Recovery recovery = Recovery.between(model, cleanTokens, otherTokens, OptionalInt.empty());
            assertThat(recovery.position()).isEqualTo(first + 1);
            assertThat(recovery.applyAsDouble(model.forward(cleanTokens))).isEqualTo(1);
            assertThat(recovery.applyAsDouble(model.forward(otherTokens))).isEqualTo(0);
            assertThat(recovery.answer(model.forward(cleanTokens), 0)).contains(clean.get(first));
            measured++;
        }
        assertThat(measured).isGreaterThan(20);
    }

    private static boolean same(Value a, Value b) {
        return (a.isNumeric() && b.isNumeric())
                ? Math.abs(io.rasplens.grammar.value.Values.toDouble(a) - io.rasplens.grammar.value.Values.toDouble(b))
                        < 1e-6
                : a.equals(b);
    }

    @Test
    void ofABatchItIsTheMeanEachRowAtItsOwnPlace() {
        HookedTransformer model = CompiledProgram.example("reverse", 1).transformer();
        TokenBatch clean = model.encodeBatch(List.of(List.of(1, 2, 3), List.of(1, 2)));
        TokenBatch corrupted = model.encodeBatch(List.of(List.of(1, 2, 2), List.of(3, 2)));
        Recovery recovery = Recovery.between(model, clean, corrupted, OptionalInt.empty());

        assertThat(recovery.positions().asList()).containsExactly(1, 2);
        TokenBatch half = model.encodeBatch(List.of(List.of(1, 2, 3), List.of(3, 2)));
        assertThat(recovery.applyAsDouble(model.forward(half))).isCloseTo(0.5, within(1e-9));
        assertThatThrownBy(() -> Recovery.between(
                        model, clean, model.encodeBatch(List.of(List.of(1, 2, 2), List.of(1, 2))), OptionalInt.empty()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("row 1");
    }

    @Test
    void placesThatAreNotThereAreSaid() {
        HookedTransformer model = CompiledProgram.example("reverse", 1).transformer();
        TokenBatch tokens = model.encode(List.of(1, 2, 3));
        assertThatThrownBy(() -> Recovery.between(model, tokens, tokens, OptionalInt.of(4)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("no position 4");
        assertThatThrownBy(() -> Recovery.between(
                        model,
                        tokens,
                        model.encodeBatch(List.of(List.of(1, 2, 3), List.of(1, 2, 3))),
                        OptionalInt.empty()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("1 clean inputs and 2");
    }
}
