package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.infer.ValueInference;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.Effort;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that the usual constructions have no way for: what is then tried must be right, and touch nothing else. */
class MoreEffortTest {
    private static final int MOST_INPUTS = 120;

    private static final String SO_FAR = "so_far = select(indices, indices, <=);\n";

    /** What a legible count leaves out is in a sum that outweighs everything else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "average(round((indices + 1) * aggregate(so_far, tokens_int))) < aggregate(so_far, tokens_int)",
                "round((indices + 1) * aggregate(so_far, selector_width(select(tokens, tokens, ==))))"
                        + " * selector_width(select(tokens, tokens, <))",
            })
    void whatNoLegibleCircuitIsExactEnoughForIsTakenFromTheSmallest(String program) {
        agrees("#@ vocab [0, 1, 1000000]\n#@ max_length 100\n" + SO_FAR + "x = " + program + ";\n");
    }

    /** The same at all positions, however it is written, and however many numbers it may be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "selector_width(select(m + 0 * indices, m + 0 * indices, ==))",
                "sort(tokens, m + indices * 0)",
                "aggregate(select(0 * (indices * length) + m, 0 * (indices * length) + m, !=), tokens, \"none\")",
                "selector_width(select(m + 0 * tokens_int, m + 0 * tokens_int, <)) + indices"
            })
    void aNumberThatIsTheSameEverywhereNeedsNoList(String program) {
        CompiledModel model = agrees("#@ vocab [1, 2, 3]\n#@ max_length 12\n"
                + "m = aggregate(full_s, tokens_float) - aggregate(full_s, selector_width(select(tokens, tokens, !=)"
                + " and select(indices, indices, !=)));\nx = " + program + ";\n");
        assertThat(model.config().dModel()).isLessThan(100);
    }

    /** 0 times a float has a sign, and 0 times an infinity is no number: only ints are looked through. */
    @Test
    void whatDiffersFromPositionToPositionIsNotTakenForTheSame() {
        agrees("#@ vocab [1, 2, 3]\n#@ max_length 6\nx = selector_width(select(average(tokens_int) + 1 * indices,"
                + " average(tokens_int) + 1 * indices, <));\n");
    }

    /** Pairs are too many to list, but not what each of the two can be: there is room between them, or they are equal floats. */
    @ParameterizedTest
    @ValueSource(strings = {"v >= length - 1", "v == indices", "length - 1 > v", "indices <= v", "length != v"})
    void twoNumbersAreComparedByHowNearTheirListsCome(String comparison) {
        agrees("#@ vocab [\"0\", \"1\", \"2\"]\n#@ max_length 160\n"
                + "v = aggregate(select(indices, 0, ==) or select_from_last(tokens_asis, \"1\"), tokens_float / (1 +"
                + " indices), 100);\nx = " + comparison.replace("!= v", "== v") + ";\n");
    }

    /** Whole floats add up as ints do, as long as sums stay below 2^53. */
    @ParameterizedTest
    @CsvSource({">=, -1", "<, 3", "==, 0", ">, 10000001", "<=, 9000000"})
    void totalsOfWholeFloatsAreComparedWithNumbers(String operator, String number) {
        String text = "#@ vocab [-1000000, 1, 3, 10000000]\n#@ max_length 40\nx = length * average(tokens_float) "
                + operator + " " + number + ";\n";
        List<List<Value>> near = Stream.of(
                        List.of(-1000000L, 1L, 1L, 3L),
                        List.of(10000000L, -1000000L),
                        List.of(10000000L, 1L),
                        List.of(10000000L, 1L, 1L),
                        List.of(1L, 1L, 1L),
                        List.of(3L),
                        List.of(1L, 1L))
                .map(ints -> ints.stream().map(Value::of).toList())
                .toList();
        var inputs = new ArrayList<>(near);
        // Ten of the least make up for the greatest.
        inputs.add(IntStream.range(0, 11)
                .mapToObj(i -> Value.of(i == 0 ? 10000000L : -1000000L))
                .toList());
        for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
            CompileTarget target = Optimized.target(text, CompileOptions.DEFAULT);
            CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();
            inputs.addAll(Differential.inputs(target, MOST_INPUTS, 7));
            assertThat(Differential.firstMismatch(target, model, inputs))
                    .as(text + level)
                    .isEmpty();
        }
    }

    /** Numbers of 10^14 beside such as 1.25: marks need no digits. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | indices if has_focus(not select(length, tokens_float ^ 2, >=)) else tokens_float ^ 2",
                "2 | average(tokens_int) / (tokens_float / -4)",
                "3 | indices if tokens_bool and indices < 2 else (1.25 if indices == 2 else tokens_float * tokens_int)"
            })
    void numbersOfVeryDifferentSizesAreMarked(int length, String program) {
        agrees("#@ vocab [-1000000, 1, 3, 10000000]\n#@ max_length " + length + "\nx = " + program + ";\n");
    }

    /** The nearest of two answers that are 1.2e-9 apart may be farther from the right one than the number that was computed. */
    @Test
    void ofDenseAnswersTheNumberItselfIsTheAnswer() {
        CompiledModel model = agrees("#@ vocab [\"0\", \"1\", \"2\"]\n#@ max_length 160\n"
                + "x = aggregate(select(indices, 0, ==) or select_from_last(tokens_asis, \"1\"), tokens_float / (1 +"
                + " indices), 100);\n");
        assertThat(model.decoder()).contains(new OutputDecoder.Numerical(ImmutableList.of()));
    }

    /** Deviations from a mean over all keys, of what no token tells: functions of the length and that mean. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20 | (-1 - average(tokens_int)) / (aggregate(full_s, (1 - average(tokens_int)) ^ 2) ^ 0.5 + 1)",
                "4  | aggregate(full_s, (-indices - average(7 * tokens_int)) ^ 2) ^ 0.5",
                "5  | round(aggregate(full_s, (length - average(tokens_int) * indices) ^ 3))",
                "9  | aggregate(full_s, indices * average(tokens_int)) > indices"
            })
    void meansOfWhatIsSharedAreFunctionsOfIt(int length, String program) {
        agrees("#@ vocab [1, 2, 3]\n#@ max_length " + length + "\nx = " + program + ";\n");
    }

    /** A bool among numbers is one of too many values only until arithmetic makes it a number. */
    @Test
    void boolsAmongManyNumbersAreNumbersToArithmetic() {
        agrees("""
                #@ vocab [1, 2, 3]
                #@ max_length 300
                x = ((length > 2) if indices == 1 else length) / (1 + indices);
                """);
    }

    /** What is refused all the same is refused in the words of the usual constructions. */
    @Test
    void refusalsAreThoseOfTheFirstTry() {
        CompileTarget target = Optimized.target("""
                #@ vocab [1, 2, 3]
                #@ max_length 400
                x = sort(tokens, (indices + 1) * aggregate(select(indices, indices, <=), round(average(tokens_int / 3) * length)));
                """, CompileOptions.DEFAULT);
        assertThat(new OptimizedLowering(Level.LEGIBLE)
                        .lower(target)
                        .diagnostics()
                        .get(0)
                        .code())
                .isEqualTo(CompileCode.TOO_MANY_VALUES);
    }

    @Test
    void whatCompilesAtOnceIsNotTriedAgain() {
        CompileTarget target = Optimized.target(
                "#@ vocab [1, 2, 3]\n#@ max_length 5\nx = sort(tokens, tokens_int);\n", CompileOptions.DEFAULT);
        assertThat(new OptimizedLowering(Level.LEGIBLE)
                        .stages(target)
                        .orThrow()
                        .inference()
                        .isThorough())
                .isFalse();
        assertThat(ValueInference.infer(target, Effort.THOROUGH, sop -> {})
                        .orThrow()
                        .isThorough())
                .isTrue();
    }

    private static CompiledModel agrees(String text) {
        CompileTarget target = Optimized.target(text, CompileOptions.DEFAULT);
        CompiledModel model = new OptimizedLowering(Level.LEGIBLE).lower(target).orThrow();
        List<List<Value>> inputs = Differential.inputs(
                target, Math.max(8, Math.min(MOST_INPUTS, (1 << 18) / (target.maxLength() * target.maxLength()))), 7);
        assertThat(Differential.firstMismatch(target, model, inputs)).as(text).isEmpty();
        Optimized.agrees(target, inputs, text);
        return model;
    }
}
