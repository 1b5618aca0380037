package io.rasplens.compiler.lower;

import io.rasplens.compiler.CompileOptions;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of head at its edges: nothing, one, all but one and all selected; keys equal and one apart; defaults that are values. */
class AttentionBoundaryTest {
    /** On n positions: 0, 1, n - 1, n keys; as many as stand before; and mixed. */
    private static final List<String> SELECTORS = List.of(
            "select(1, 2, ==)",
            "not full_s",
            "select(indices, indices, ==)",
            "select(indices, 0, ==)",
            "select(indices, length - 1, ==)",
            "select(indices, indices, !=)",
            "not select(indices, length - 1, ==)",
            "full_s",
            "select(indices, indices, <)",
            "select(indices, indices, >=)",
            "select(tokens, tokens, ==)",
            "select(tokens, tokens, !=)",
            "(select(tokens, tokens, ==) and select(indices, indices, <))",
            "(select(tokens, tokens, !=) or select(indices, indices, <))",
            "(not (select(tokens, \"a\", ==) or select(\"b\", tokens, ==)))");

    /** Sequences with every default: equal to a value, to a mean, between values, of another kind. */
    private static final List<String> VALUES = List.of(
            "indices, 0",
            "indices, 1",
            "indices - 2, -1",
            "indices / 2, 0.5",
            "indices * 1000 - 1500, 7",
            "1, 1",
            "0, 1",
            "indicator(tokens == \"a\"), True",
            "-1, \"a\"");

    private static final List<String> CATEGORIES = List.of(
            "tokens, \"a\"",
            "tokens, \"?\"",
            "tokens, 0",
            "tokens == \"a\", False",
            "tokens == \"a\", 0",
            "\"x\", \"x\"");

    private static String header(String vocabulary, int maxLength, boolean causal) {
        return "#@ vocab [" + vocabulary + "]\n#@ max_length " + maxLength + "\n" + (causal ? "#@ causal\n" : "");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "5, false", "5, true"})
    void widths(int maxLength, boolean causal) {
        for (String selector : SELECTORS) {
            String width = header("\"a\", \"b\"", maxLength, causal) + "w = selector_width(" + selector + ");\n";
            Optimized.agrees(width);
            Optimized.agrees(width + "x = w == length;");
            Optimized.agrees(width + "x = w > 0;");
            Optimized.agrees(width + "x = \"abcdef\"[w];");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "4, false", "4, true"})
    void means(int maxLength, boolean causal) {
        for (String selector : SELECTORS) {
            for (String value : VALUES) {
                Optimized.agrees(
                        header("\"a\", \"b\"", maxLength, causal) + "x = aggregate(" + selector + ", " + value + ");");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "4, false", "4, true"})
    void categories(int maxLength, boolean causal) {
        for (String selector : SELECTORS) {
            for (String value : CATEGORIES) {
                // Where several strings are selected the program fails; those inputs are not compared.
                String source =
                        header("\"a\", \"b\"", maxLength, causal) + "x = aggregate(" + selector + ", " + value + ");";
                Optimized.agrees(source);
            }
        }
    }

    /** Every token the same: each select on tokens holds for all keys or none. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void oneToken(int maxLength) {
        for (String selector : SELECTORS) {
            String header = header("\"a\"", maxLength, false);
            Optimized.agrees(header + "x = selector_width(" + selector + ");");
            Optimized.agrees(header + "x = aggregate(" + selector + ", indices / 3 - 1, -1);");
        }
    }

    /** Squares of distances, with more values than a one-hot is taken for: keys equal, one apart, never met, met beyond the ends. */
    @ParameterizedTest
    @ValueSource(ints = {-9, -8, -7, -1, 0, 1, 2, 7, 8, 9})
    void equalityOfNumbers(int apart) {
        String header = header("\"a\", \"b\"", 9, false);
        String shifted = "indices + " + (apart < 0 ? "(0 - " + -apart + ")" : apart);
        Optimized.agrees(header + "x = aggregate(select(" + shifted + ", indices, ==), indices * 3, -1);");
        Optimized.agrees(header + "x = aggregate(select(indices, " + shifted + ", ==), tokens, \"a\");");
        Optimized.agrees(header + "x = aggregate(select(indices, length - 1 - indices, ==), " + shifted + ");");
        Optimized.agrees(header + "x = aggregate(select(indices / 4, (" + shifted + ") / 4, ==), indices, 0.25);");
        Optimized.agrees(
                header + "x = aggregate(select(1000 * indices, 1000 * (" + shifted + ") + 1, ==), indices, 5);");
        Optimized.agrees(header + "x = aggregate(select(indices, " + shifted
                + ", ==) and select(tokens, \"a\", ==), indices, 3);");
    }

    /** A counted number as key and as query: what its own noise does. */
    @ParameterizedTest
    @ValueSource(strings = {"==", "!=", "<", "<=", ">", ">="})
    void countsCompared(String comparison) {
        String counts = header("\"a\", \"b\"", 7, false)
                + "n = selector_width(select(tokens, tokens, ==));\nm = selector_width(select(tokens, \"a\", ==));\n";
        Optimized.agrees(counts + "x = selector_width(select(n, n, " + comparison + "));");
        Optimized.agrees(counts + "x = selector_width(select(n, m, " + comparison + "));");
        Optimized.agrees(counts + "x = selector_width(select(m, indices, " + comparison + "));");
        Optimized.agrees(counts + "x = aggregate(select(indices, m, " + comparison + "), n, 2);");
        Optimized.agrees(
                counts + "x = aggregate(select(selector_width(select(n, n, " + comparison + ")), indices, ==), m);");
    }

    /** Long enough that a slope or hardness made for short inputs shows. */
    @ParameterizedTest
    @ValueSource(ints = {40, 120})
    void manyKeys(int maxLength) {
        CompileOptions options = CompileOptions.forVocabulary("a", "b", "c").maxLength(maxLength);
        Optimized.agrees("x = selector_width(select(tokens, tokens, ==));", options);
        Optimized.agrees("x = aggregate(select(tokens, tokens, ==), indices, -1);", options);
        Optimized.agrees(
                "x = aggregate(select(tokens, tokens, ==) or select(indices, indices, <), indices, -1);", options);
        Optimized.agrees("x = selector_width(select(tokens, \"a\", ==)) % 2 == 0;", options);
        Optimized.agrees(
                "x = aggregate(select(indices, selector_width(select(tokens, \"a\", ==)), ==), tokens, \"none\");",
                options);
    }
}
