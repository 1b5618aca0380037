package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.model.CompiledModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mean times how much it was taken over, rounded, is a total: counted without a hidden unit, and right however long the input. */
class RoundedTotalTest {
    private static final String SO_FAR = "so_far = select(indices, indices, <=);\n";

    private static String header(int maxLength) {
        return "#@ vocab [\"0\", \"1\", \"2\"]\n#@ max_length " + maxLength + "\n" + SO_FAR;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "round((indices + 1) * aggregate(so_far, tokens_int))",
                "round(aggregate(so_far, tokens_int - 1) * (1 + indices))",
                "round(aggregate(select(indices, indices, <), tokens_int, 7) * indices)",
                "round(length * aggregate(full_s, {\"0\": -3, \"1\": 0, \"2\": 100}[tokens]))",
                "round(selector_width(so_far) * aggregate(so_far, 0 - 2 * tokens_int))"
            })
    void aTotalOfFewWholeNumbersTakesNoUnits(String total) {
        CompiledModel model = Optimized.agrees(header(6) + "x = " + total + ";");
        assertThat(model.config().dMlp()).isZero();
        Optimized.agrees(header(6) + "x = " + total + " % 3 == 0;");
    }

    /** Alike at a glance, but not totals of few whole numbers; all of them must keep their meaning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "round((indices + 1) * aggregate(select(indices, indices, >=), tokens_int))",
                "round(indices * aggregate(so_far, tokens_int))",
                "round(length * aggregate(so_far, tokens_int))",
                "round((indices + 1) * aggregate(so_far, tokens_int / 2))",
                "round((indices + 1) * aggregate(so_far, indicator(tokens == \"1\") + indices))",
                "round((indices + 1) * aggregate(so_far, shift(tokens_int, 1, 0)))",
                "round((indices + 1) * aggregate(so_far, tokens == \"1\" and indices == 0))",
                "round(selector_width(select(tokens, tokens, <)) * aggregate(select(tokens, tokens, <), tokens_int, 9))",
                "round((indices + 1) * aggregate(full_s, tokens_int))",
                "(indices + 1) * aggregate(so_far, tokens_int)"
            })
    void whatLooksLikeATotalKeepsItsMeaning(String program) {
        Optimized.agrees(header(5) + "x = " + program + ";");
        Optimized.agrees("#@ causal\n" + header(5) + "x = " + program + ";");
    }

    /** The depth of brackets as running mean times position: fractions of 40 positions lie too near each other to be told apart. */
    @ParameterizedTest
    @CsvSource({"8, 2", "40, 2"})
    void balancesCanBeCompared(int maxLength, int layers) {
        String depth = "#@ vocab [\"(\", \")\"]\n#@ max_length " + maxLength + "\n" + SO_FAR
                + "d = round((indices + 1) * aggregate(so_far, 1 if tokens == \"(\" else -1));\n";
        assertThat(Optimized.agrees(depth + "x = selector_width(select(d, d, ==) and select(indices, indices, <));")
                        .config()
                        .nLayers())
                .isEqualTo(layers);
        Optimized.agrees(depth + "x = aggregate(select(d, d - 1, ==) and select(indices, 0, ==), indices, -1);");
        Optimized.agrees(depth + "x = aggregate(select(indices, d, ==), tokens, \"none\");");
    }
}
