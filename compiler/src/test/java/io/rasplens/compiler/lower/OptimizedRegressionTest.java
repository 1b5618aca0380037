package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import org.junit.jupiter.api.Test;

/** Programs that random search found compiled wrongly, or refused without need. */
class OptimizedRegressionTest {
    private static final String AB = "#@ vocab [\"a\", \"b\"]\n#@ max_length 5\n";

    @Test
    void stringDefaultBesideMeans() {
        Optimized.agrees(AB + "x = aggregate(select(tokens, \"a\", ==), indices, \"none\");");
    }

    @Test
    void stringDefaultBesideMeansAnUlpApart() {
        String floats = "#@ vocab [0.1, 0.2, 0.3]\n#@ max_length 5\n";
        Optimized.agrees(floats + "x = aggregate(select(indices, indices, <), tokens_float, \"none\");");
        assertThat(Optimized.refused(floats
                                + "y = aggregate(select(indices, indices, <), tokens_float, \"none\"); x = y == 0.2;")
                        .code())
                .isEqualTo(CompileCode.VALUES_TOO_CLOSE);
    }

    /** 0.5 is one sum's way to write 0.49999999999999994: where only one of both can be, both are the same number. */
    @Test
    void meansAnUlpApartAreOneAtEachLength() {
        String means = """
                #@ vocab ["(", ")"]
                #@ max_length 4
                closing = select(tokens, ")", ==) or (select_next_identical(tokens) and select(tokens, "(", ==));
                v = aggregate(closing, False if indices == 0 else 1, 1);
                m = aggregate(full_s, v);
                """;

        Optimized.agrees(means + "x = m and length < 3;");
        Optimized.agrees(means + "x = \"a\" if m else length;");
        Optimized.agrees(means + "x = not m or length > 2;");
    }

    @Test
    void stringDefaultThatIsNeverTaken() {
        Optimized.agrees(AB + "x = aggregate(full_s, indices, \"none\");");
        Optimized.agrees(AB + "x = aggregate(full_s or select(tokens, tokens, ==), 1, \"\");");
    }

    @Test
    void boolDefaultThatEqualsAMean() {
        Optimized.agrees(AB + "x = aggregate(select(tokens, \"a\", ==), indices, True);");
        Optimized.agrees(AB + "x = aggregate(select(tokens, \"a\", ==), indices, False);");
    }

    @Test
    void boolAloneAmongNumbersStaysABoolAndSeveralBecomeAFloat() {
        Optimized.agrees(AB + "x = aggregate(select(tokens, tokens, ==), (True if indices == 0 else 1), \"1\");");
        Optimized.agrees(
                AB + "x = aggregate(select(tokens, \"a\", ==), (tokens == \"a\") if indices < 3 else indices);");
    }

    @Test
    void meanOfEqualBoolsAmongNumbersIsNoBool() {
        Optimized.agrees("#@ vocab [True]\n#@ max_length 4\nx = aggregate(full_s, True if indices == 0 else 1);");
    }

    @Test
    void sequenceOfStringsOnSomeInputsAndNumbersOnOthers() {
        Optimized.agrees(AB + "s = \"z\" if \"b\" in tokens else indices;\nx = aggregate(select(indices, 0, ==), s);");
        Optimized.agrees(AB + "s = \"z\" if length == 1 else indices;\nx = aggregate(full_s, s, \"?\");");
    }

    @Test
    void boolIsToldFromTheNumberThatItEquals() {
        Optimized.agrees(AB + "x = True if \"b\" in tokens else 1;");
        Optimized.agrees(AB + "x = (tokens == \"b\") if length > 2 else selector_width(select(tokens, \"a\", ==));");
    }

    @Test
    void stringsThatMayStandWhereANumberIsWanted() {
        Optimized.agrees(AB + "x = indices + aggregate(select_from_last(tokens, \"b\"), 1, \"none\");");
        Optimized.agrees(AB + "x = \"a\" * (aggregate(select_from_last(tokens, \"b\"), indices, \"7\") % 3);");
    }

    @Test
    void nothingIsEverSelectedOfStrings() {
        Optimized.agrees(AB + "x = aggregate(select(1, 2, ==), tokens, 4);");
    }

    @Test
    void keysAroundDifferentCentresHaveSquaresOfTheirOwn() {
        Optimized.agrees("""
                #@ vocab ["0", "1"]
                #@ max_length 6
                s = shift(tokens, tokens_int, "z");
                x = shift("a", count(s, tokens), "0");
                """);
        Optimized.agrees("""
                #@ vocab ["a", "b"]
                #@ max_length 6
                #@ causal
                w = selector_width(full_s or select(tokens, "a", ==));
                x = load_from_location(not count(tokens, sort(tokens, tokens)), w);
                """);
    }

    @Test
    void variableWithOneNumberOfTwoKindsInAProduct() {
        Optimized.agrees("""
                #@ vocab [5]
                #@ max_length 4
                one = aggregate(select_next_identical(tokens) or select(tokens_asis, 5, ==), 1);
                x = one * aggregate(full_s, indices);
                """);
    }

    @Test
    void numbersThatDifferByRoundingAreToldApartOnlyWhereItMatters() {
        String third = AB + "third = aggregate(select(tokens, \"a\", ==), (indices + 1) / 3, 100);\n";
        Optimized.agrees(third + "x = third ^ 2;");
        Optimized.agrees(third + "x = round(third) + third * 2;");

        assertThat(Optimized.refused(third + "x = third == 1;").code()).isEqualTo(CompileCode.VALUES_TOO_CLOSE);
    }

    @Test
    void sumsOfFloatsAreListedAsTheyRound() {
        String tenths = "#@ vocab [0.1, 0.2, 0.3]\n#@ max_length 4\nmean = aggregate(full_s, tokens_float);\n";
        Optimized.agrees(tenths + "x = mean * 10;");

        assertThat(Optimized.refused(tenths + "x = mean == 0.2;").code()).isEqualTo(CompileCode.VALUES_TOO_CLOSE);
    }

    @Test
    void sumsOfHalvesAreExact() {
        Optimized.agrees("""
                #@ vocab [0.5, 1.5, -2.0]
                #@ max_length 4
                x = aggregate(full_s, tokens_float) == 0.5;
                """);
    }

    @Test
    void meanOfEqualFloatsIsNotCopiedWhereRoundingMakesItAnother() {
        String equal =
                "#@ vocab [0.1, 0.7]\n#@ max_length 6\nmean = aggregate(select(tokens, tokens, ==), tokens_float);\n";
        Optimized.agrees(equal + "x = mean;");

        assertThat(Optimized.refused(equal + "x = mean == tokens_float;").code())
                .isEqualTo(CompileCode.VALUES_TOO_CLOSE);
    }

    @Test
    void numbersTooManyToListTimesWhatMayBeAString() {
        Optimized.agrees("""
                #@ vocab ["a", "b"]
                #@ max_length 7
                far = aggregate(full_s, aggregate(select_from_last(tokens_asis, "b"), indices) + length);
                x = far - aggregate(full_s, aggregate(select(length > 2, indices < 2, ==), 1, 0));
                """);
    }

    @Test
    void numbersOfTooDifferentSizesAreRefused() {
        String source = "#@ causal\n#@ vocab [1, 2, 50000]\n#@ max_length 6\n"
                + "x = average(average(tokens_int) * average(-1));";

        Diagnostic refused = Optimized.refused(source);
        assertThat(refused.code()).isEqualTo(CompileCode.NOT_PRECISE);
        assertThat(refused.help().orElse("")).contains("smaller numbers");
        Optimized.agrees(source.replace("50000", "50"));
        // One of few numbers is marked, whatever its size.
        Optimized.agrees(AB + "x = indices ^ aggregate(select(tokens, \"a\", ==), indices, 100);");
    }

    /** 400 ^ 400 is an int beyond all floats, and so for a transformer no number. */
    @Test
    void intsBeyondAllFloatsAreRefused() {
        assertThat(Optimized.refused("#@ vocab [\"a\"]\n#@ max_length 400\nx = length ^ length if indices == 0 else 1;")
                        .code())
                .isIn(CompileCode.NUMBER_OUT_OF_RANGE, CompileCode.TOO_MANY_VALUES, CompileCode.NOT_PRECISE);
    }

    @Test
    void roundingOfSteepStepsDoesNotReachTheAnswer() {
        String source = """
                #@ vocab [True, False]
                #@ max_length 5
                far = aggregate(select_next_identical(tokens), 1 / length, 100);
                x = aggregate(full_s, (+(indices == 0)) if tokens_bool else far);
                """;
        CompileTarget target = Optimized.target(source, CompileOptions.DEFAULT);

        if (new OptimizedLowering(Level.SMALLEST).lower(target) instanceof Result.Success<CompiledModel> success) {
            assertThat(Differential.firstMismatch(target, success.value(), Differential.inputs(target, 100, 1)))
                    .isEmpty();
        } else {
            assertThat(Optimized.refused(source).code()).isEqualTo(CompileCode.NOT_PRECISE);
        }
    }

    @Test
    void firstPositionSelectedTwiceIsNoneBesideIt() {
        Optimized.agrees(
                AB + "x = aggregate(select(indices, 0, ==) or select(indices, 0, ==), indicator(indices == 0));");
        Optimized.agrees("""
                #@ vocab ["a", "b"]
                #@ max_length 1
                s = select(indices, indices, <=) and select(indices, indices, >=);
                x = aggregate(s or s, indices + 1);
                """);
    }
}
