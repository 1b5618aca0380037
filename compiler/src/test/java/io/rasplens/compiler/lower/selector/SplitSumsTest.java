package io.rasplens.compiler.lower.selector;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.SelectorDiagram;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comparisons of sums, written as comparisons of their parts: the same keys are selected. */
class SplitSumsTest {
    private static final String START = "#@ vocab [0, 1, 2, 5]\n#@ max_length 4\nt = tokens_int;\n";

    private static Room room(String selector) {
        return Room.of(START + "x = selector_width(" + selector + ");");
    }

    private static Selector selector(Room room) {
        return ((SOp.SelectorWidth) room.output()).selector();
    }

    private static Optional<Selector> split(String selector) {
        Room room = room(selector);
        return new SplitSums(room.facts()).of(selector(room));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t + indices / 4             | t + indices / 4",
                "indices / 4 + t             | t + indices / 4",
                "t - indices / 4             | t - indices / 4",
                "3 - (indices / 4 - t) * 2   | (t - indices / 4) * 2 + 3",
                "-(8 * t + indices) / 2      | -(8 * t + indices) / 2",
                "t * 4 + indices             | 4 * t + (3 - indices)",
                "t * t + indices / 10        | t + indices / 10"
            })
    void theSameKeysAreSelected(String key, String query) throws Exception {
        for (String comparison : List.of("<", "<=", ">", ">=", "==", "!=")) {
            Room room = room("select(" + key + ", " + query + ", " + comparison + ")");
            Selector whole = selector(room);
            Selector parts = new SplitSums(room.facts()).of(whole).orElseThrow();

            assertThat(SelectorDiagram.selects(parts)).hasSizeGreaterThan(1);
            for (List<Value> input : Differential.inputs(room.facts().target(), 400, 1)) {
                ImmutableList<Value> values = ImmutableList.copyOf(input);
                assertThat(Interpreter.evaluate(parts, values, false))
                        .as("%s %s %s on %s", key, comparison, query, input)
                        .isEqualTo(Interpreter.evaluate(whole, values, false));
            }
        }
    }

    @Test
    void selectsInsideOfFormulasAreSplitToo() {
        Selector parts = split(
                        "not (select(t + indices / 4, t + indices / 4, <) and select(t, 1, ==)) or select(indices, t, ==)")
                .orElseThrow();

        assertThat(SelectorDiagram.selects(parts)).hasSize(5);
    }

    @Test
    void asManyPartsAreTakenApartAsThereAre() {
        String key = "indicator(t == 1) * 1000 + (10 * t + indices)";
        Selector parts = split("select(" + key + ", " + key + ", <)").orElseThrow();

        assertThat(SelectorDiagram.selects(parts)).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Positions reach as far as the next value.
                "select(t + indices / 3, t + indices / 3, <)",
                // Neither decides.
                "select(t + indices, t + indices, ==)",
                // One side ascends, the other descends.
                "select(t + indices / 4, t - indices / 4, <)",
                // Rounding makes sums equal that have different parts.
                "select(t * 100000000000000000.0 + indices, t * 100000000000000000.0 + indices, <)",
                // No sum, or of a constant.
                "select(t * indices, t * indices, <)",
                "select(t + 1, t + 1, <)",
                // Tokens alone: they are a one-hot already.
                "select((t % 2) * 100 + t, (t % 2) * 100 + t, <)",
                "select(t + indices / 4, t, <)"
            })
    void otherSumsStayAsTheyAre(String selector) {
        assertThat(split(selector)).isEmpty();
    }
}
