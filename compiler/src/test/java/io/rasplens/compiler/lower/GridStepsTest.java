package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.grammar.diagnostic.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparisons of numbers that are too many to list, with inputs on which they are equal and next to each other. */
class GridStepsTest {
    /** {@code number} is what the digits say, up to 11111; {@code so_far} what they say up to here; {@code worth} takes a unit. */
    private static final String DIGITS = """
            #@ vocab [0, 1]
            #@ max_length 5
            worth = tokens_int * 10 ^ (4 - indices);
            number = round(length * aggregate(full_s, worth));
            so_far = round((indices + 1) * aggregate(select(indices, indices, <=), worth));
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "number > 1010                | 3",
                "number >= 1010               | 3",
                "number < 1010                | 3",
                "1010 <= number               | 3",
                "number == 1010               | 5",
                "number == 1010.5             | 0",
                "number > 1010.25             | 3",
                "number / 3 >= 37             | 3",
                "number / 7 == 1010 / 7       | 5",
                "number > so_far              | 3",
                "so_far == number             | 5",
                "number - so_far <= 11        | 3",
                "number < 20000               | 3"
            })
    void comparisonIsAStepOrTwo(String expression, int units) {
        CompiledModel model = Optimized.agrees(DIGITS + "x = " + expression + ";");

        assertThat(units(model)).isEqualTo(units);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"more\" if number > so_far else (\"same\" if number == so_far else tokens)",
                "number if number > 1010 else 7",
                "round(number / 20)",
                "round(number / 200) == 5",
                "round(number / 22)",
                "round((number + 10) / 20) + indices",
                "(number > 1010) and (so_far < 110) or tokens_int",
                "selector_width(select(number > 1010, so_far > 1010, ==))"
            })
    void whatDependsOnThemIsComputed(String expression) {
        Optimized.agrees(DIGITS + "x = " + expression + ";");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "selector_width(select(so_far, 1010, <))",
                "selector_width(select(1010, so_far, <=))",
                "has_focus(select(so_far, indices * 11, ==))",
                "aggregate(select(indices * 1010, so_far, >), worth)",
                "selector_width(select(so_far, 10 * tokens_int, !=) or select(so_far, 11000, >=))",
                "selector_width(select(so_far, worth, ==) and select(so_far, 1000.5, >))",
                "aggregate(select(so_far, 10000 + indices, ==) and select(indices, indices, ==), tokens_int, 5)"
            })
    void selectsCompareThemWithWhatIsListed(String expression) {
        Optimized.agrees(DIGITS + "x = " + expression + ";");
    }

    /** Tenths are rounded, and so are their means: but no mean of theirs comes near a number off their grid. */
    @Test
    void roundedNumbersAreComparedWithWhatTheyNeverAre() {
        String means = """
                #@ vocab [-2, -1, 0, 1, 2]
                #@ max_length 8
                mm = aggregate(full_s, aggregate(select(indices, indices, <=), tokens_int));
                """;

        assertThat(units(Optimized.agrees(means + "x = mm > 0.3001;"))).isEqualTo(2);
        assertThat(Optimized.refused(means + "x = mm > 0.3;").code()).isEqualTo(CompileCode.TOO_MANY_VALUES);
        assertThat(Optimized.refused(means + "x = round(mm);").code()).isEqualTo(CompileCode.TOO_MANY_VALUES);
    }

    /**
     * The product of a mean and its width may miss the sum by a rounding, which a comparison may see: 7 * (30000.0 / 7) is less than 30000,
     * and 7 * (30333.0 / 7) greater than 30333. That of 3003 is 3003 for all widths there are.
     */
    @Test
    void totalIsComparedWhereRoundingDoesNotMatter() {
        String total =
                "#@ vocab [0, 1]\n#@ max_length 8\ntotal = length * aggregate(full_s, tokens_int * 10 ^ indices * 3);";

        for (String harmless : new String[] {
            "total >= 3003",
            "total == 3003",
            "total > 30000",
            "total <= 30000",
            "30000 < total",
            "total >= 30333",
            "30333 <= total"
        }) {
            assertThat(units(Optimized.agrees(total + "x = " + harmless + ";"))).isLessThanOrEqualTo(5);
        }
        for (String harmful : new String[] {
            "total >= 30000", "30000 > total", "total == 30000", "total > 30333", "30333 >= total", "total == 30333"
        }) {
            Diagnostic refused = Optimized.refused(total + "x = " + harmful + ";");
            assertThat(refused.code()).as(harmful).isEqualTo(CompileCode.VALUES_TOO_CLOSE);
            assertThat(refused.help().orElse("")).contains("round it first");
            Optimized.agrees(total + "x = " + harmful.replace("total", "round(total)") + ";");
        }
    }

    /** Sums of threes at different places are never near these, so that there is room, though others round past them. */
    @ParameterizedTest
    @ValueSource(strings = {"total >= 61", "61 > total", "total == 61", "total > 29", "29 >= total", "total == 29"})
    void totalIsComparedWithWhatItIsNeverNear(String comparison) {
        Optimized.agrees(
                "#@ vocab [0, 1]\n#@ max_length 8\ntotal = length * aggregate(full_s, tokens_int * 10 ^ indices"
                        + " * 3);x = " + comparison + ";");
    }

    /** What it is compared with may be many numbers, each of which only few widths bring about. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80  | length * average(tokens_int) <= tokens_int",
                "21  | length * average(tokens_int - 2) == indices",
                "160 | length * average(1000000 * (tokens_int - 1)) > 1",
                "40  | tokens_int >= (indices + 1) * aggregate(select(indices, indices, <=), tokens_int)"
            })
    void totalIsComparedWithManyInts(int length, String expression) {
        Optimized.agrees("#@ vocab [1, 2, 3]\n#@ max_length " + length + "\nx = " + expression + ";");
    }

    private static int units(CompiledModel model) {
        return model.weights().layers().stream()
                .mapToInt(layer -> layer.mlp().hiddenWidth())
                .sum();
    }
}
