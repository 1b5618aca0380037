package io.rasplens.runtime.analysis.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RandomModels;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

    /** Numbers, of which the model says what they may be and how wrong. */
    private static CompiledModel numbers(double error, Value... values) {
        CompiledModel plain = RandomModels.plain(1, AttentionDirection.CAUSAL);
        return new CompiledModel(
                plain.config(),
                plain.weights(),
                plain.encoder(),
                Optional.of(new OutputDecoder.Numerical(ImmutableList.copyOf(values))),
                plain.labels(),
                plain.readouts(),
                plain.provenance(),
                plain.program(),
                Optional.of(Certificate.of(
                        0, 0, error, 0, () -> new Certificate.Robustness(0, 0, Optional.empty(), 0, true))));
    }

    private static boolean differ(CompiledModel model, double clean, double corrupted) {
        return Recovery.differ(model, new double[] {clean}, new double[] {corrupted});
    }

    /** Both may be wrong by what is certified, and by what is promised of numbers of their size. */
    @Test
    void numbersDifferByMoreThanTheyMayBeWrong() {
        CompiledModel rough = numbers(0.125);
        assertThat(differ(rough, 1, 1.25)).isFalse();
        assertThat(differ(rough, 1, 0.75)).isFalse();
        assertThat(differ(rough, 1, 1.2500001)).isTrue();
        CompiledModel exact = numbers(0);
        assertThat(differ(exact, 0.5, 0.5 + 0.9e-9)).isFalse();
        assertThat(differ(exact, 0.5, 0.5 + 1.1e-9)).isTrue();
        assertThat(differ(exact, 1e6, 1e6 + 0.9e-3)).isFalse();
        assertThat(differ(exact, 1e6, 1e6 + 1.1e-3)).isTrue();
    }

    /** Of listed numbers it is the one that is decoded. */
    @Test
    void listedNumbersDifferWhereTheirValuesDo() {
        CompiledModel listed = numbers(0, Value.of(1), Value.of(2));
        assertThat(differ(listed, 1, 1.4)).isFalse();
        assertThat(differ(listed, 1, 1.6)).isTrue();
        assertThat(differ(numbers(0), 1, 1.4)).isTrue();
        assertThat(differ(numbers(0.5, Value.of(1), Value.of(2)), 1, 1.6)).isFalse();
    }

    /** Of two best marks the first is the answer. */
    @Test
    void marksDifferWhereTheBestDoes() {
        CompiledModel marks = RandomModels.plain(1, AttentionDirection.CAUSAL);
        assertThat(Recovery.differ(marks, new double[] {1, 1, 0}, new double[] {1, 0, 0}))
                .isFalse();
        assertThat(Recovery.differ(marks, new double[] {1, 1, 0}, new double[] {0, 1, 0}))
                .isTrue();
        double[] none = {1, Double.NaN, 0};
        double[] some = {1, 0, 0};
        for (ThrowingCallable what : List.<ThrowingCallable>of(
                () -> Recovery.differ(marks, none, some), () -> Recovery.differ(marks, some, none))) {
            assertThatThrownBy(what)
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.INCONSISTENT_MODEL));
        }
    }

    /** Where one asks for, BOS too; else at the first token, and at BOS where there is nothing else. */
    @Test
    void itMeasuresWhereOneAsksFor() {
        HookedTransformer model = CompiledProgram.example("reverse", 1).transformer();
        TokenBatch clean = model.encode(List.of(1, 2, 3));
        TokenBatch corrupted = model.encode(List.of(1, 2, 2));
        assertThat(Recovery.between(model, clean, corrupted, OptionalInt.of(1)).position())
                .isEqualTo(1);
        for (int same : new int[] {2, 3}) {
            assertThatThrownBy(() -> Recovery.between(model, clean, corrupted, OptionalInt.of(same)))
                    .hasMessageContaining("both inputs have the same answer at that position")
                    .hasMessageNotContaining("row");
        }
        assertThatThrownBy(() -> Recovery.between(model, clean, clean, OptionalInt.empty()))
                .hasMessageContaining("both inputs have the same answer (")
                .hasMessageNotContaining("row");
        for (int outside : new int[] {-1, 4}) {
            assertThatThrownBy(() -> Recovery.between(model, clean, corrupted, OptionalInt.of(outside)))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.WRONG_SHAPE))
                    .hasMessageContaining("there is no position " + outside + " among 4, BOS counted");
        }
        TokenBatch one = model.tokens(new int[] {clean.id(0, 1)});
        TokenBatch other = model.tokens(new int[] {clean.id(0, 3)});
        Recovery alone = Recovery.between(model, one, other, OptionalInt.empty());
        assertThat(alone.position()).isZero();
        assertThat(Recovery.between(model, one, other, OptionalInt.of(0)).position())
                .isZero();
        Tensor broken = model.forward(clean).with(Double.NaN, 0, 0, 0);
        assertThatThrownBy(() -> alone.answer(broken, 0)).hasMessageContaining("a logit is not a number");
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
