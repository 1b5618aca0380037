package io.rasplens.compiler.lower;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One-line programs from the corners of the language, each compared with the interpreter on every short input. */
class CornerProgramsTest {
    private static final String THREE = "#@ vocab [\"0\", \"1\", \"2\"]\n#@ max_length 4\n";

    private static final String SHARE = "m = aggregate(select(indices, indices, <=), indicator(tokens == \"1\"));\n";

    private static void agrees(String header, String program) {
        Optimized.agrees(header + program);
        Optimized.agrees("#@ causal\n" + header + program);
    }

    /** A mean against what it equals, and what lies next to that on either side. */
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.4999999999, 0.5000000001",
        "0, -0.0000000001, 0.0000000001",
        "1, 0.9999999999, 1.0000000001",
        "1/3, 1/3 - 0.0000000001, 1/3 + 0.0000000001",
        "2/3, 2/3 - 0.0000000001, 2/3 + 0.0000000001"
    })
    void thresholdsBesideAMean(String at, String below, String above) {
        for (String bound : new String[] {at, below, above}) {
            for (String comparison : new String[] {"==", "<", "<=", ">", ">="}) {
                agrees(THREE, SHARE + "x = m " + comparison + " (" + bound + ");");
                agrees(THREE, SHARE + "x = selector_width(select(m, " + bound + ", " + comparison + "));");
                agrees(THREE, SHARE + "x = aggregate(select(m, " + bound + ", " + comparison + "), m, " + at + ");");
            }
        }
    }

    /** A width against every width there is, one less and one more. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2, 3, 4, 5})
    void thresholdsBesideAWidth(int bound) {
        String width = "w = selector_width(select(tokens, tokens, ==));\n";
        for (String comparison : new String[] {"==", "<", "<=", ">", ">="}) {
            agrees(THREE, width + "x = w " + comparison + " " + bound + ";");
            agrees(THREE, width + "x = aggregate(select(w, " + bound + ", " + comparison + "), w, " + bound + ");");
            agrees(THREE, width + "x = selector_width(select(w + 0.5, " + bound + ", " + comparison + "));");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s = tokens; x = s[2];",
                "s = tokens_int; x = s[-1] - s[0];",
                "x = (indices * indices)[-2];",
                "x = \"1\" in tokens;",
                "x = \"z\" in tokens;",
                "x = 2.0 in indices;",
                "x = 1 in (tokens == \"1\");",
                "x = tokens in [\"0\", \"2\"];",
                "x = (tokens == \"1\") + indices;",
                "x = (tokens == \"1\") if indices > 0 else 7;",
                "x = indices and tokens == \"1\";",
                "x = aggregate(select(indices, indices - 1, ==), indices, True);",
                "x = aggregate(select(indices, indices - 1, ==), indices == 1, 5);",
                "x = aggregate(select(indices, indices + 1, ==), indices == 1, 0.25);",
                "x = aggregate(select(tokens, tokens, ==), (tokens == \"1\") if indices > 1 else indices);",
                "x = aggregate(select(1, 2, ==), 1, \"default\");",
                "x = aggregate(full_s, \"a\") + tokens;",
                "x = aggregate(select(tokens_int * indices, 2, ==), tokens_int - indices, -1);",
                "x = tokens < aggregate(select(indices, indices + 1, ==), tokens, \"$\");",
                "x = average(indices * indices) - average(indices) ^ 2;",
                "x = [\"zero\", \"one\", \"two\", \"three\", \"four\"][count(tokens, \"1\")];",
                "x = {\"0\": -1.5, \"1\": 2, \"2\": True}[tokens];",
                "x = 1 / tokens_int;",
                "x = round(indices * 1.5);",
                "x = (0 - 2) ^ indices;",
                "x = 9007199254740993 + indices;",
                "x = aggregate(select(tokens, \"1\", ==), indices * 0.001, 1000000);",
                "x = aggregate(select(indices * 0.1 * 3, indices * 0.3, ==), tokens, \"no\");",
                "x = selector_width(select(10 ^ 20 * tokens_int, 10 ^ 19, >));",
                "x = aggregate(not (select(tokens, tokens, ==) and not select(indices, indices, ==)), indices);",
                "x = selector_width(not ((select(tokens, \"0\", ==) and select(indices, indices, <))"
                        + " or (select(tokens, tokens, <=) and select(indices, indices, >))));",
                "x = aggregate(select(indices, 0, ==) or select(indices, indices, ==), tokens == \"0\");",
                "x = aggregate((select(tokens, \"0\", ==) and select(indices, 1, >))"
                        + " or (select(tokens, \"1\", ==) and select(indices, 1, <=)), indices * 2 - 3, -7);",
                "s = full_s; for t in [\"0\", \"1\"] { s = s and not select(tokens, t, ==); } x = aggregate(s, indices, -1);",
                "w = selector_width(select(tokens, tokens, ==)); x = aggregate(select(w, w, <), tokens, \"none\");",
                "a = aggregate(select(indices, tokens_int, ==), tokens_int, 0);"
                        + " b = aggregate(select(indices, a, ==), tokens_int, 0); x = b - a;",
                "l = shift(tokens_int, 1, 0); r = shift(tokens_int, -1, 0); x = (l + r) % 2;"
            })
    void oneLine(String program) {
        agrees(THREE, program);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"a\"]",
                "[-2, -1, 0, 1]",
                "[0.5, 1.5, -2.25]",
                "[True, False]",
                "[1.0, 2, True]",
                "[\"ä\", \"😀\", \"漢\"]",
                "[\"\", \"BOS\", \"a b c\"]",
                "[\"§\", \"floccinaucinihilipilification\"]"
            })
    void vocabularies(String vocabulary) {
        for (int maxLength : new int[] {1, 3}) {
            String header = "#@ vocab " + vocabulary + "\n#@ max_length " + maxLength + "\n";
            agrees(header, "x = tokens_asis;");
            agrees(header, "x = tokens + \"é\";");
            agrees(header, "x = sort(tokens, tokens);");
            agrees(header, "x = selector_width(select(tokens_asis, tokens_asis, <=));");
            agrees(header, "x = aggregate(select(indices, length - 1 - indices, ==), tokens_asis, \"later\");");
            agrees(header, "x = aggregate(select(tokens, tokens, !=), indices, -1);");
            agrees(header, "x = aggregate(select(indices, indices, <), tokens_bool, \"none\");");
            agrees(header, "x = 1 + 0 * indices;");
            agrees(header, "x = indices;");
        }
    }
}
