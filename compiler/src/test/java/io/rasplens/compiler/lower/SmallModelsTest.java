package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.model.CompiledModel;
import org.junit.jupiter.api.Test;

/** What functions may cost: a table of products would be many times wider. */
class SmallModelsTest {
    private static final String DIGITS = """
            #@ vocab [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
            #@ max_length 3
            digit = tokens_int;
            before = aggregate(select(indices, indices - 1, ==), digit, 0);
            """;

    @Test
    void whetherASelectorIsEmptyTakesNoUnit() {
        CompiledModel model =
                Optimized.agrees("#@ vocab [\"a\", \"b\"]\n#@ max_length 5\nx = indicator(contains(tokens, \"a\"));");

        assertThat(model.config().nLayers()).isEqualTo(1);
        assertThat(model.config().dMlp()).isZero();
    }

    @Test
    void equalityOfTwoDigitsIsAFunctionOfTheirDifference() {
        CompiledModel model = Optimized.agrees(DIGITS + "x = digit == before;");

        assertThat(model.config().dMlp()).isLessThanOrEqualTo(4);
    }

    @Test
    void aChoiceTestsItsConditionOnce() {
        CompiledModel model = Optimized.agrees(DIGITS + "x = \"big\" if before > 4 and digit > 4 else \"small\";");

        assertThat(model.config().dMlp()).isEqualTo(1);
    }

    @Test
    void theDigitOfASumIsStepsOverTheSum() {
        CompiledModel model = Optimized.agrees(DIGITS + "x = (digit + before) % 10;");

        assertThat(model.config().dMlp()).isLessThanOrEqualTo(2 * 19);
    }

    @Test
    void aNumberBesideAOneHotIsGated() {
        CompiledModel model = Optimized.agrees("""
                #@ vocab ["a", "b", "c"]
                #@ max_length 6
                n = selector_width(select(tokens, tokens, ==));
                x = "many" if n > 2 and tokens == "b" else "few";
                """);

        assertThat(model.config().nLayers()).isEqualTo(1);
        assertThat(model.config().dMlp()).isEqualTo(2);
    }

    @Test
    void whatAnEarlierLayerCanMakeIsNotMadeAgainFromItsRoots() {
        CompiledModel model = Optimized.agrees("""
                #@ vocab ["a", "b"]
                #@ max_length 6
                n = selector_width(select(tokens, "a", ==) and select(indices, indices, <=));
                m = selector_width(select(n, n, ==));
                x = (m > 2) == (n * n % 3 == 1);
                """);

        assertThat(model.config().nLayers()).isEqualTo(2);
        assertThat(model.weights().layers().get(1).mlp().wIn().columns()).isLessThanOrEqualTo(6);
    }

    @Test
    void aKeyWithThePositionForTiesIsNoOneHotOfBoth() {
        CompiledModel model = Optimized.agrees("""
                #@ vocab [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
                #@ max_length 10
                key = tokens_int + indices / 10;
                place = selector_width(select(key, key, <));
                x = aggregate(select(place, indices, ==), tokens_int);
                """);

        assertThat(model.config().nLayers()).isEqualTo(2);
        assertThat(model.config().dHead()).isLessThanOrEqualTo(10 + 10);
        assertThat(model.config().dMlp()).isLessThanOrEqualTo(10);
    }

    @Test
    void ofFractionsOnlyThoseAreMarkedThatAreComparedWith() {
        CompiledModel model = Optimized.agrees("""
                #@ vocab ["a", "b"]
                #@ max_length 8
                where = aggregate(select(tokens, "a", ==), indices, -1);
                x = aggregate(select(indices, indices + where - length, ==), tokens, "?");
                """);

        assertThat(model.config().dMlp()).isLessThanOrEqualTo(4 * 8);
    }

    @Test
    void reverseNeedsNoUnitHoweverLong() {
        CompiledModel model = Optimized.agrees(
                "#@ vocab [\"a\", \"b\"]\n#@ max_length 300\nx = aggregate(select(indices, length - 1 - indices, ==), tokens);");

        assertThat(model.config().nLayers()).isEqualTo(2);
        assertThat(model.config().dMlp()).isZero();
    }

    /** Inputs begin with a mark, or with any token: position 0 is never counted. */
    @Test
    void countingByAMarkAtTheBeginningIsOneHead() {
        CompiledModel model = Optimized.agrees("""
                #@ vocab ["§", "a", "b"]
                #@ max_length 6
                share = aggregate(
                    select(tokens, tokens, ==) or (select(indices, 0, <=) or select(indices, 0, ==)),
                    indicator(indices == 0)
                );
                x = round(1 / share) - 1;
                """);

        assertThat(model.config().nLayers()).isEqualTo(1);
        assertThat(model.config().nHeads()).isEqualTo(1);
        assertThat(model.config().dMlp()).isZero();
    }

    @Test
    void aShareOfAMarkIsTheMeanThatItStandsFor() {
        Optimized.agrees("""
                #@ vocab ["§", "a", "b"]
                #@ max_length 5
                first = select(indices, 0, ==);
                x = aggregate(first or select(tokens, "a", ==) or select(indices, indices, <), 3 if indices == 0 else 0);
                """);
        // Marks that are bools or strings, that are not alone, or that stand elsewhere, are means like any other.
        Optimized.agrees("""
                #@ vocab ["§", "a"]
                #@ max_length 5
                x = aggregate(select(indices, 0, ==) or select(tokens, "a", ==), indices == 0);
                """);
        Optimized.agrees("""
                #@ vocab ["§", "a"]
                #@ max_length 5
                x = aggregate(select(indices, 0, ==) or select(tokens, "a", ==), 1 / (1 + indices));
                """);
        Optimized.agrees("""
                #@ vocab ["§", "a"]
                #@ max_length 5
                x = aggregate(select(indices, 1, ==) or select(tokens, "a", ==), indicator(indices == 1), 7);
                """);
    }
}
