package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.grammar.diagnostic.Diagnostic;
import org.junit.jupiter.api.Test;

/** What a refusal tells: which s-op, by how much, and what to do. */
class RefusalWordsTest {
    private static final String TENTHS = "#@ vocab [0.1, 0.2, 0.3]\n#@ max_length 5\n";

    private static final String MEANS = """
            #@ vocab [-2, -1, 0, 1, 2]
            #@ max_length 12
            m = aggregate(select(indices, indices, <=), tokens_int);
            mm = aggregate(full_s, m);
            """;

    @Test
    void numbersThatAComparisonCantTellApartAreShownWithTheirDistance() {
        check(
                TENTHS + "mean = aggregate(select(indices, indices, <=), tokens_float);\nx = mean == 0.2;",
                CompileCode.VALUES_TOO_CLOSE,
                "'x' is False where 'mean' is 0.19999999999999998, and True where 'mean' is 0.2: "
                        + "they are 2.8e-17 apart, and a transformer needs 1.0e-09",
                "compare with a number in between, or round it first; a shorter max_length keeps numbers apart too");
    }

    @Test
    void valuesThatAreTooCloseToBeCategoriesAreShownWithTheirDistance() {
        check(
                TENTHS + "x = aggregate(select(indices, indices, <), tokens_float, \"none\") == 0.2;",
                CompileCode.VALUES_TOO_CLOSE,
                "'aggregate(select(indices, indices, <), …' can be 0.19999999999999998 or 0.2: "
                        + "they are 2.8e-17 apart, and a transformer needs 2.0e-09",
                "compare with a number in between, or round it first; a shorter max_length keeps numbers apart too");
    }

    @Test
    void numbersThatAreTooManyToListAreCounted() {
        check(
                MEANS + "x = mm == 1;",
                CompileCode.TOO_MANY_VALUES,
                "'x' depends on which number 'mm' is, and there are too many to list: "
                        + "means of up to 12 out of 190 numbers, and at most 131072 sums are listed",
                "a shorter max_length or a smaller vocab makes them fewer; what has no jumps, as max and min, can do without a"
                        + " list");
    }

    @Test
    void sumsThatRoundingMovesAwayFromWhatTheyAreComparedWithNeedRoom() {
        String sum = "#@ vocab [0, 1, 100]\n#@ max_length 40\nn = length * average(tokens_int / 3);\n";
        check(
                sum + "x = n >= 61;",
                CompileCode.VALUES_TOO_CLOSE,
                "'x' depends on how the program rounds 'n', which can be what it is compared with, or a float next to it",
                "compare with a number in between, or round it first; a shorter max_length keeps numbers apart too");
        Optimized.agrees(sum + "x = n >= 60.9;");
        Optimized.agrees(sum + "x = round(n) >= 61;");
    }

    @Test
    void boolBesideUnlistedMeansSaysWhatItStandsBeside() {
        check(
                MEANS + "x = aggregate(select(tokens_int, 1, ==), mm, True);",
                CompileCode.TOO_MANY_VALUES,
                "the s-op 'x' can take too many values to list: 'mm' has means of up to 12 out of 190 numbers, and at most"
                        + " 131072 sums are listed; and True can't be told from numbers that aren't listed",
                "take numbers alone for the sequence and the default, or use a smaller vocabulary or a shorter max_length");
    }

    @Test
    void combinationsThatAreTooManyAreCounted() {
        check(
                "#@ vocab [\"0\", \"1\"]\n#@ max_length 6\ns = tokens; for i in range(9) { s = s + shift(s, 1, \"z\"); }",
                CompileCode.TOO_MANY_VALUES,
                "the s-op 's' of line 3 (4 of 9) can take too many values to list: 3263442 combinations of its arguments' values, and the limit"
                        + " is 1048576",
                "use a smaller vocabulary, a shorter max_length, or an s-op with fewer different values");
    }

    @Test
    void ownRoundingIsToldWithItsLimit() {
        check(
                """
                #@ vocab [0.137, 0.271, 0.531]
                #@ max_length 4
                m = aggregate(select(indices, indices, <=), tokens_float);
                w = selector_width(select(tokens, tokens, ==));
                x = (m + w * 100000 - w * 100000 - m) * 1000;
                """,
                CompileCode.NOT_PRECISE,
                "'x' is rounded by up to 4.4e-08 as the program computes it, so that a transformer can't answer the same; the"
                        + " limit is 1.0e-09",
                "use numbers of more similar sizes");
    }

    private static void check(String source, CompileCode code, String message, String help) {
        Diagnostic refused = Optimized.refused(source);

        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.message()).isEqualTo(message);
        assertThat(refused.help()).contains(help);
        assertThat(refused.labels()).as("a place in the source").isNotEmpty();
    }
}
