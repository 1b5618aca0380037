package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs whose numbers could be very many, and are few where one looks at which of them can be together. */
class ManyNumbersTest {
    private static final int MOST_INPUTS = 300;

    /** A key is a whole sum here, and a float next to one there; no more values than that are told apart. */
    @ParameterizedTest
    @CsvSource({
        "length * average(tokens_int), 6",
        "(indices + 1) * aggregate(select(indices; indices; <=); tokens_int), 6",
        "length * average(tokens_int), 11",
        "(indices + 1) * aggregate(select(indices; indices; <=); tokens_int), 11"
    })
    void sortsBySumsTellSumsApartOnly(String sum, int length) {
        String text = "#@ vocab [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n#@ max_length " + length + "\nn = "
                + sum.replace(';', ',') + ";\nsorted = sort(tokens, n);\n";
        for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
            CompiledModel model = agrees(text, level);
            assertThat(model.config().dModel()).isLessThan(20 * length);
        }
    }

    /** Two means over the same keys have one denominator. */
    @ParameterizedTest
    @CsvSource({"2, 3", "60, 3", "400, 3"})
    void meansOverTheSameKeysAreComparedBySums(int length, int tokens) {
        for (String comparison : new String[] {">", ">=", "<", "=="}) {
            String text = "#@ vocab [1, 2, 3]\n#@ max_length " + length + "\nx = average(tokens_int) " + comparison
                    + " average(" + tokens + " * indicator(tokens_int == 2));\n";
            CompiledModel model = agrees(text, Level.LEGIBLE);
            assertThat(model.config().dMlp()).isLessThan(200);
            agrees(text, Level.SMALLEST);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void floatsThatOnlyRoundingTellsApartAreOneAnswer(Level level) {
        CompiledModel model = agrees("#@ vocab [\"x\", \"y\"]\n#@ max_length 5\nx = aggregate(full_s, 3.3);\n", level);

        assertThat(model.decoder()).contains(new OutputDecoder.Numerical(ImmutableList.of(Value.of(3.3))));
    }

    /** What a large number may be off by is more than what listed ones are apart: each is itself all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(select(tokens; tokens; <=); tokens_float * tokens_int)",
                "aggregate(select(tokens; tokens; <); tokens_int ^ 2; 5)",
                "average(tokens_int ^ 2)",
                "tokens_int ^ 2 + indices / 4"
            })
    void largeListedNumbersAreThemselves(String text) {
        for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
            String source = "#@ vocab [0, 1, 1000000]\n#@ max_length 3\nx = " + text.replace(';', ',') + ";\n";
            CompileTarget target = Optimized.target(source, CompileOptions.DEFAULT);
            var forward = new Forward(new OptimizedLowering(level).lower(target).orThrow());
            for (List<Value> input : Differential.inputs(target, MOST_INPUTS, 5)) {
                ImmutableList<Value> expected =
                        Differential.expected(target, input).orElseThrow();
                List<Value> actual = forward.run(input);
                for (int p = 0; p < expected.size(); p++) {
                    double number = Values.toDouble(expected.get(p));
                    assertThat(Values.toDouble(actual.get(p)))
                            .as("%s on %s", source, input)
                            .isCloseTo(number, within(4 * Math.ulp(number)));
                }
            }
        }
    }

    /** Few pairs of a count and of a sum over it can be, of all that one could write down. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "selector_width(select(tokens_int, tokens_int, <)) / length",
                "round(length * average(tokens_int)) % 3",
                "average(tokens_int) * length == 4",
                "(average(tokens_int) + 1) / (length + 1)",
                "aggregate(select(indices, indices, <), tokens_int, 7) * indices - tokens_int"
            })
    void functionsOfACountAndWhatIsCountedAreRight(String text) {
        for (int length : new int[] {1, 3, 7}) {
            for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
                agrees("#@ vocab [0, 1, 5]\n#@ max_length " + length + "\nx = " + text + ";\n", level);
            }
        }
    }

    /** Few means, and few variances beside each, come from inputs that hold each token equally often. */
    @ParameterizedTest
    @CsvSource({"2, 20", "4, 100", "5, 200", "10, 1200"})
    void standardScoresAreListedByHowOftenEachTokenStandsInTheInput(int length, int units) {
        String text =
                "#@ vocab [\"0\", \"1\", \"2\"]\n#@ max_length " + length + "\nv = aggregate(full_s, tokens_int);\n"
                        + "va = aggregate(full_s, (tokens_int - v) ^ 2);\nz = (tokens_int - v) / (va ^ 0.5 + 1);\n";
        for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
            assertThat(agrees(text, level).config().dMlp()).isLessThanOrEqualTo(units);
        }
    }

    /** Two means over the same keys have sums and differences of few values. */
    @ParameterizedTest
    @CsvSource({"10, 80", "30, 600", "100, 6100"})
    void productsOfMeansOverTheSameKeysAreSquaresOfSums(int length, int units) {
        for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
            for (String product : new String[] {
                "average(tokens_int) * average(indicator(tokens_int == 2))",
                "(1 - average(tokens_int)) * (average(indicator(tokens_int == 2)) + 3)",
                "average(tokens_int) * average(tokens_int)"
            }) {
                String text = "#@ vocab [1, 2, 3]\n#@ max_length " + length + "\nx = " + product + ";\n";
                assertThat(agrees(text, level).config().dMlp()).isLessThanOrEqualTo(units);
            }
        }
    }

    /** Too many pairs for steps over both counts: one is told first, and lets the other through a gate. */
    @ParameterizedTest
    @CsvSource({
        "count(tokens_int; 1) * count(tokens_int; 2), 100",
        "count(tokens_int; 1) * count(tokens_int; 2), 200",
        "count(tokens_int; 1) / (count(tokens_int; 2) + 1), 200",
        "count(tokens_int; 1) / (count(tokens_int; 2) + 1), 400",
        "selector_width(select(tokens_int; tokens_int; <)) / length, 400",
        "count(tokens_int; 1) * (length - count(tokens_int; 2)), 150"
    })
    void functionsOfTwoCountsAreGated(String text, int length) {
        String source = "#@ vocab [1, 2, 3]\n#@ max_length " + length + "\nx = " + text.replace(';', ',') + ";\n";
        for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
            CompileTarget target = Optimized.target(source, CompileOptions.DEFAULT);
            CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();
            assertThat(model.config().nLayers()).isEqualTo(2);
            assertThat(model.config().dMlp()).isLessThanOrEqualTo(4 * length);
            assertThat(Differential.firstMismatch(target, model, Differential.inputs(target, 12, 5)))
                    .as(source)
                    .isEmpty();
        }
    }

    /** A copy of a mean is on the mean's grid, however many denominators its list shows. */
    @ParameterizedTest
    @ValueSource(strings = {"m >= m[-1]", "m == m[0]", "m[-1] < m"})
    void copiesOfMeansAreComparedWithMeans(String text) {
        String source = "#@ vocab [1, 2, 3]\n#@ max_length 300\n"
                + "m = aggregate(select(indices, indices, <=), indicator(tokens_int == 1));\nx = " + text + ";\n";
        for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
            CompileTarget target = Optimized.target(source, CompileOptions.DEFAULT);
            CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();
            assertThat(Differential.firstMismatch(target, model, Differential.inputs(target, 12, 5)))
                    .as(source)
                    .isEmpty();
        }
    }

    /** Far larger numbers in one direction leave the digits of the lesser ones, if not more of them than are promised. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tokens_float / (1 + indices) if tokens_int > 0 or indices < 0 else indices * indices",
                "0.1 if average(tokens_int) < 1 or indices < 0 else tokens_float",
                "(2 - average(tokens_int)) / (aggregate(full_s, (0 - average(indices)) ^ 2) ^ 0.5 + 1)"
            })
    void numbersOfDifferentSizesStandInOneDirection(String text) {
        for (int length : new int[] {2, 4, 6}) {
            for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
                agrees("#@ vocab [0, 1, 1000000]\n#@ max_length " + length + "\nx = " + text + ";\n", level);
            }
        }
    }

    /** Where nothing is selected a mean is its default, and over prefixes it is over other keys at every position. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(select(tokens_int, tokens_int, <), tokens_int, 7) * aggregate(select(tokens_int, tokens_int, <), indicator(indices > 2), -2)",
                "aggregate(select(indices, indices, <=), tokens_int) * (1 - aggregate(select(indices, indices, <=), tokens_int / 4))",
                "average(tokens_int > 1) * average(tokens_int)",
                "(1 - average(tokens_int)) * (average(indicator(tokens_int == 2)) / 2 + 3)"
            })
    void productsOfOtherMeansAreRight(String text) {
        for (int length : new int[] {1, 4, 60}) {
            for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
                agrees("#@ vocab [1, 2, 3]\n#@ max_length " + length + "\nx = " + text + ";\n", level);
            }
        }
    }

    /** The mean of what is the same everywhere is what it is a mean of. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "length * average(length + 0 * indices)",
                "average(count(tokens_int, 2)) / 3 + average(length)",
                "round(average(count(tokens_int, 2)) * length / 3)",
                "sort(tokens, length * average(length))"
            })
    void whatIsTheSameEverywhereIsItsMean(String text) {
        for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
            agrees("#@ vocab [1, 2, 3]\n#@ max_length 90\nx = " + text + ";\n", level);
        }
    }

    /** Means of more than a single mean are rounded; what is compared with them may lie where they never come. */
    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void numbersOutOfReachAreEqualToNone(Level level) {
        agrees("#@ vocab [1, 2, 3]\n#@ max_length 160\n#@ causal\nx = length * average(tokens_int) == -1;\n", level);
        agrees("#@ vocab [1, 2, 3]\n#@ max_length 160\n#@ causal\nx = length * average(tokens_int) < 600;\n", level);
    }

    /** Means of means, of what selects by tokens alone, of bools and of floats; where a width is 0, 1 or more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(full_s, average(tokens_int) * tokens_int) - average(tokens_int) ^ 2",
                "aggregate(select(tokens_int, tokens_int, <), tokens_int, 7) * average(tokens_int)",
                "aggregate(not select(tokens_int, tokens_int, ==), tokens_int > 1, False)",
                "average(tokens_int / 10) * selector_width(select(tokens_int, tokens_int, >=))",
                "length if 1 in tokens_int or indices < 0 else 1",
                "aggregate(select(tokens_int, 5, ==), indices) + average(tokens_int)",
                "aggregate(select(tokens_bool or True, length > 2, ==), 1, 0)",
                "indicator(has_focus(select(tokens_int >= 0, length > 2, ==)))",
                "(average(tokens_int) == 1) or selector_width(select(tokens_int, average(tokens_int), >)) > 1"
            })
    void whatIsCountedTogetherIsRight(String text) {
        for (String vocabulary : new String[] {"1", "0, 1, 5"}) {
            for (int length : new int[] {1, 2, 5}) {
                for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
                    agrees("#@ vocab [" + vocabulary + "]\n#@ max_length " + length + "\nx = " + text + ";\n", level);
                }
            }
        }
    }

    /** The mean of equal floats is one number, though its last digit depends on how many they are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "length if average(tokens_float) > 3 or indices < 0 else 1",
                "average(tokens_float) * length",
                "round(average(tokens_float) * length) + indices",
                "length * (1 if average(tokens_float) == 3.3 else 2)"
            })
    void anUlpBesideALengthIsNothing(String text) {
        for (int length : new int[] {1, 3, 6, 9}) {
            for (Level level : new Level[] {Level.LEGIBLE, Level.SMALLEST}) {
                agrees("#@ vocab [3.3]\n#@ max_length " + length + "\nx = " + text + ";\n", level);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LEGIBLE", "SMALLEST"})
    void whatIsNeverSelectedIsCounted(Level level) {
        String never = "selector_width(not (select(indices, indices - 1, ==) or not select(indices, indices - 1, ==)))";
        agrees("#@ vocab [1, 3]\n#@ max_length 400\nx = " + never + ";\n", level);
        agrees(
                "#@ vocab [1, 3]\n#@ max_length 400\nx = -1 if tokens_int > 2 or indices < 0 else 2 * " + never + ";\n",
                level);
    }

    /** A total of what nothing selects is 0 only if BOS, of which a later head makes 10^23 times as much, keeps to itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"36 | x", "40 | round(x)"})
    void nothingAddsUpToNothing(int length, String output) {
        String text = String.format(Locale.ROOT, """
                #@ vocab ["a", "b"]
                #@ max_length %d
                x = average(aggregate(select_from_last(tokens_asis, "b"), indices * (length - 1)) / 3) * length;
                answer = %s;
                """, length, output);
        CompileTarget target = Optimized.target(text, CompileOptions.DEFAULT);
        List<List<Value>> nothing = IntStream.rangeClosed(1, length)
                .mapToObj(n -> Collections.nCopies(n, Value.of("a")))
                .toList();

        assertThat(Differential.firstMismatch(target, agrees(text, Level.LEGIBLE), nothing))
                .isEmpty();
    }

    @Test
    void countsAreNoGreaterThanTheLength() {
        String text =
                "#@ vocab [\"a\", \"b\"]\n#@ max_length 30\nx = selector_width(select(tokens, tokens, ==)) / length;\n";

        assertThat(agrees(text, Level.SMALLEST).config().dMlp()).isLessThan(30 * 31);
    }

    private static CompiledModel agrees(String text, Level level) {
        CompileTarget target = Optimized.target(text, CompileOptions.DEFAULT);
        CompiledModel model = new OptimizedLowering(level).lower(target).orThrow();
        assertThat(Differential.firstMismatch(target, model, Differential.inputs(target, MOST_INPUTS, 5)))
                .as(text)
                .isEmpty();
        return model;
    }
}
