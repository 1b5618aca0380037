package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.model.CompiledModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Means of what is the same at all positions are that itself. */
class SameEverywhereTest {
    private static final String AB = "#@ vocab [\"a\", \"b\"]\n#@ max_length 6\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(full_s, aggregate(select(tokens, tokens, ==), length))",
                "round(aggregate(full_s, aggregate(select(tokens, tokens, ==), length)))",
                "aggregate(select(indices, indices, <=), length * 2 + 1)"
            })
    void meanOfTheLengthIsTheLength(String expression) {
        CompiledModel model = Optimized.agrees(AB + "x = " + expression + ";");

        assertThat(model.config().nLayers()).isEqualTo(1);
        assertThat(model.config().nHeads()).isEqualTo(1);
    }

    @Test
    void meanOverNothingIsTheDefault() {
        Optimized.agrees(AB + "x = aggregate(select(tokens, \"a\", ==), length, 100) == 100;");
        Optimized.agrees(AB + "x = aggregate(select(tokens, \"a\", ==), length, \"none\");");
        Optimized.agrees(AB + "x = aggregate(select(tokens, \"b\", !=) or select(tokens, \"a\", !=), length);");
    }

    @Test
    void whatOneSelectorSelectsForAllQueriesIsTheSameEverywhere() {
        String ones = AB + "ones = selector_width(select(tokens, \"a\", ==));\n";
        CompiledModel model = Optimized.agrees(ones + "x = aggregate(select(tokens, tokens, ==), ones * 3 - 1);");

        assertThat(model.config().nLayers()).isEqualTo(1);
        Optimized.agrees(ones + "x = aggregate(select(tokens, \"b\", ==), ones, -1) == 2;");
    }

    @Test
    void strangersAmongWhatIsTheSame() {
        Optimized.agrees(AB + "x = aggregate(select(tokens, tokens, ==), length if length > 2 else \"few\");");
        Optimized.agrees(AB + "x = aggregate(select(indices, indices, ==), length > 2);");
    }

    /** A key that is the same at all positions is compared with itself alone: nothing stands in the stream for its hundreds of values. */
    @Test
    void keysThatAreTheSameEverywhereAreNotCompared() {
        String sum = """
                #@ vocab [0, 1, 7]
                #@ max_length 12
                sum = length * average(tokens_int);
                """;
        for (String expression : new String[] {
            "sort(tokens, sum)",
            "aggregate(select(sum, sum, <=) and select(indices, 0, ==), tokens)",
            "selector_width(select(sum, sum + 1, ==) or select(tokens, 7, ==))",
            "aggregate(select(sum / length, sum / length, !=) or select(indices, indices, ==), tokens)"
        }) {
            CompiledModel model = Optimized.agrees(sum + "x = " + expression + ";");

            assertThat(model.config().dModel()).as(expression).isLessThan(60);
        }
        Optimized.agrees(sum + "#@ causal\nx = aggregate(select(sum, sum, <), 1);");
        Optimized.agrees(sum + "x = aggregate(select(sum, sum + tokens_int, <), 1);");
    }

    @Test
    void floatsWhoseSumIsRoundedAreAveraged() {
        Optimized.agrees(AB + "x = aggregate(select(tokens, tokens, ==), length / 10);");
        Optimized.agrees("""
                #@ vocab [0.1, 0.7]
                #@ max_length 5
                first = aggregate(select(indices, 0, ==), tokens_float);
                x = aggregate(select(tokens, tokens, ==), first);
                """);
    }

    @Test
    void causalQueriesSeeDifferentKeys() {
        String causal = AB + "#@ causal\n";
        Optimized.agrees(causal + "x = aggregate(full_s, selector_width(full_s));");
        Optimized.agrees(
                causal + "x = aggregate(select(tokens, tokens, ==), selector_width(select(tokens, \"a\", ==)));");
        Optimized.agrees(causal + "x = aggregate(full_s, aggregate(select(indices, 0, ==), indices + 3));");
    }

    @Test
    void numbersAnUlpApartAreOneWhereOnlyShownAfterMore() {
        Optimized.agrees("""
                #@ vocab ["a", "b"]
                #@ max_length 3
                mixed = aggregate(full_s, ((length > 2) if (tokens_asis == "b") else length), 0);
                x = aggregate(full_s or full_s, mixed, False) * 1;
                """);
    }
}
