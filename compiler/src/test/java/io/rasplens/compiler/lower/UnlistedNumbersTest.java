package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.grammar.diagnostic.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions of means of means, which are too many numbers to list. */
class UnlistedNumbersTest {
    private static final String MEANS = """
            #@ vocab [-2, -1, 0, 1, 2]
            #@ max_length 12
            m = aggregate(select(indices, indices, <=), tokens_int);
            mm = aggregate(full_s, m);
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mm if mm > 0 else 0                              | 1",
                "0 if mm <= 0 else mm                             | 1",
                "mm if mm >= 0 else -mm                           | 1",
                "max(mm, 0.25)                                    | 1",
                "min(max(mm, -1), 0.5)                            | 2",
                "min(max(3 * mm - 0.5, -1), 0.5) + mm             | 2",
                "(mm + 1 if mm < 0 else 1 - mm) * 2               | 1",
                "(mm if 1 > 2 * mm else 0.5) - mm / 2             | 1",
                "mm if mm < 5 else 5                              | 0"
            })
    void bendsOfOneNumberAreAUnitEach(String expression, int units) {
        assertUnits(units, Optimized.agrees(MEANS + "x = " + expression + ";"));
    }

    @Test
    void greaterOfTwoNumbersIsOneUnit() {
        assertUnits(1, Optimized.agrees(MEANS + "x = max(mm, m);"));
        assertUnits(1, Optimized.agrees(MEANS + "x = min(2 * mm + m, 3 - mm) + 1;"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mm if tokens_int > 0 else -1",
                "1 if indices == 0 else mm",
                "(mm if indices > 2 else m) * tokens_int",
                "mm if tokens_int else m",
                "mm * (indices + 1)",
                "indicator(tokens_int == 1) * mm",
                "(tokens_int > 0) * mm",
                "mm / (1 + indices)",
                "mm / tokens_int",
                "max(min(mm, 1), -1) * length",
                "aggregate(select(indices, indices, <), max(mm, m) * indices)"
            })
    void whatCanBeListedLetsNumbersThroughGates(String expression) {
        Optimized.agrees(MEANS + "x = " + expression + ";");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"round(mm)", "mm if mm > 0.3 else 1", "mm == 1", "mm * mm", "True if tokens_int > 0 else mm"})
    void whatJumpsOrMultipliesIsRefused(String expression) {
        Diagnostic diagnostic = Optimized.refused(MEANS + "x = " + expression + ";");

        assertThat(diagnostic.code()).isEqualTo(CompileCode.TOO_MANY_VALUES);
        assertThat(diagnostic.message()).contains("too many");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((mm + 0.0000000000001 if mm > 0 else mm) - mm) * 10000000000000",
                "mm if mm * 0.1 + mm * 0.2 - mm * 0.3 > 0 else -mm",
                "((mm + 0.00000001 if mm > 0.1 else mm + 0.0000000100005) - mm) * 10000"
            })
    void smallJumpsAreJumps(String expression) {
        Diagnostic diagnostic = Optimized.refused(MEANS + "x = " + expression + ";");

        assertThat(diagnostic.code()).isIn(CompileCode.TOO_MANY_VALUES, CompileCode.NOT_PRECISE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(mm * 0.1 + mm * 0.2 - mm * 0.3) * 1000000000000",
                "(mm + 100000 - 100000 - mm) * 1000",
                "max(mm + 100000, 1) * (indices + 1000) - (mm + 99999) * 1000"
            })
    void whatTheProgramRoundsItselfIsRefused(String expression) {
        Diagnostic diagnostic = Optimized.refused(MEANS + "x = " + expression + ";");

        assertThat(diagnostic.code()).isEqualTo(CompileCode.NOT_PRECISE);
    }

    @Test
    void smallFactorsKeepTheSign() {
        assertUnits(1, Optimized.agrees(MEANS + "x = mm if mm * 0.00000000000001 > 0 else -mm;"));
        assertUnits(1, Optimized.agrees(MEANS + "x = max(mm * 0.00000000000001, m * 0.00000000000001) * 1000;"));
    }

    /** Sums of several variables cancel in the transformer and not in the program, whether their values are listed or not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(m + w * 100000 - w * 100000 - m) * 1000",
                "((indices + 1) * m - m * indices - m) * 1000000000",
                "(w * 0.1 + m * 0.3 - (w + 3 * m) * 0.1) * 1000000000000",
                "aggregate(full_s, (w * 0.1 + m * 0.3 - (w + 3 * m) * 0.1) * 1000000000000)"
            })
    void roundingOfListedNumbersIsRefusedToo(String expression) {
        Diagnostic diagnostic = Optimized.refused("""
                #@ vocab [0.137, 0.271, 0.531]
                #@ max_length 4
                m = aggregate(select(indices, indices, <=), tokens_float);
                w = selector_width(select(tokens, tokens, ==));
                """ + "x = " + expression + ";");

        assertThat(diagnostic.code()).isIn(CompileCode.NOT_PRECISE, CompileCode.TOO_MANY_VALUES);
    }

    @Test
    void meanTimesItsWidthIsOneHead() {
        String bits = "#@ vocab [\"0\", \"1\"]\n#@ max_length 8\n";
        assertUnits(
                15, Optimized.agrees(bits + "x = length * aggregate(full_s, tokens_int * 2^(length - 1 - indices));"));
        String total = bits + "t = (indices + 1) * aggregate(select(indices, indices, <=), tokens_int * 3.5);\n";
        assertUnits(0, Optimized.agrees(total + "x = t;"));
        assertUnits(1, Optimized.agrees(total + "x = t / 2 if tokens == \"1\" else t;"));
        assertUnits(
                0,
                Optimized.agrees(
                        bits
                                + "s = select(tokens, \"1\", ==); x = aggregate(s, indices * 0.25, -7) * selector_width(s) + 1;"));
    }

    @Test
    void listedNumbersBendToo() {
        String width = "#@ vocab [\"a\", \"b\"]\n#@ max_length 9\nw = selector_width(select(tokens, tokens, ==));\n";
        assertUnits(1, Optimized.agrees(width + "x = min(w, 3);"));
        assertUnits(1, Optimized.agrees(width + "x = w - 4 if w > 4 else 4 - w;"));
        assertUnits(
                1,
                Optimized.agrees(
                        width + "x = max(w, selector_width(select(indices, indices, <)));", CompileOptions.DEFAULT));
    }

    private static void assertUnits(int units, CompiledModel model) {
        assertThat(model.weights().layers().stream()
                        .mapToInt(l -> l.mlp().hiddenWidth())
                        .sum())
                .isEqualTo(units);
    }
}
