package io.rasplens.compiler.lower.piecewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.grammar.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link BySteps}: two units a step, flat on both sides of it. */
class StepsOnAGridTest {
    private static final String COUNTS = """
            n = selector_width(select(tokens, tokens, ==));
            m = selector_width(select(tokens, "a", ==));
            """;

    private static BySteps<Signal> numbers(Room room) {
        var emit = new EmitStepped(room.facts(), room.readings(), room.writer());
        return BySteps.number(new GridSteps(room.facts()), emit);
    }

    private static BySteps<OneHot> oneHots(Room room) {
        var emit = new EmitStepped(room.facts(), room.readings(), room.writer());
        return BySteps.oneHot(new GridSteps(room.facts()), emit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n < m  | 2 | 3 | 1", "n < m  | 3 | 3 | 0", "n < m  | 4 | 3 | 0",
                "n <= m | 2 | 3 | 1", "n <= m | 3 | 3 | 1", "n <= m | 4 | 3 | 0",
                "n > m  | 2 | 3 | 0", "n > m  | 3 | 3 | 0", "n > m  | 4 | 3 | 1",
                "n >= m | 2 | 3 | 0", "n >= m | 3 | 3 | 1", "n >= m | 4 | 3 | 1",
                "n == m | 2 | 3 | 0", "n == m | 3 | 3 | 1", "n == m | 4 | 3 | 0"
            })
    void aComparisonIsAStepOfTheDifferenceAndEqualityTwo(String comparison, double n, double m, double value) {
        Room room = Room.of(COUNTS + "x = " + comparison + ";");
        Offer<Signal> offer = numbers(room).offer(room.output()).orElseThrow();
        Signal written = offer.write();

        int units = comparison.contains("==") ? 4 : 2;
        assertThat(offer.cost().get().units()).isEqualTo(units);
        assertThat(room.units()).hasSize(units);
        assertThat(room.techniques()).containsExactly(Technique.STEPS);
        room.set(room.argument(0), n).set(room.argument(1), m);
        assertThat(room.read(written.form())).isCloseTo(value, within(1e-12));
    }

    @Test
    void noiseBelowAQuarterOfTheGapDoesNotPass() {
        Room room = Room.of(COUNTS + "x = n < m;");
        Signal written = numbers(room).offer(room.output()).orElseThrow().write();

        room.set(room.argument(0), 2.2).set(room.argument(1), 3);
        assertThat(room.read(written.form())).isCloseTo(1, within(1e-12));
        room.set(room.argument(0), 2.8);
        assertThat(room.read(written.form())).isCloseTo(0, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 2", "4, 2", "5, 2"})
    void roundGoesToTheEvenNeighbour(double n, double value) {
        Room room = Room.of(COUNTS + "x = round(n / 2);");
        Signal written = numbers(room).offer(room.output()).orElseThrow().write();

        assertThat(room.set(room.argument(0), n / 2).read(written.form())).isCloseTo(value, within(1e-12));
    }

    @Test
    void aOneHotHasADirectionForEachValue() {
        Room room = Room.of(COUNTS + "x = n < m;");
        OneHot written = oneHots(room).offer(room.output()).orElseThrow().write();

        assertThat(written.forms().keySet()).containsExactlyInAnyOrder(Value.of(false), Value.of(true));
        room.set(room.argument(0), 2).set(room.argument(1), 3);
        assertThat(room.read(written.form(Value.of(true)))).isCloseTo(1, within(1e-12));
        assertThat(room.read(written.form(Value.of(false)))).isCloseTo(0, within(1e-12));
    }

    @Test
    void differenceAndSumsAreNotOffered() {
        Room room = Room.of(COUNTS + "x = n - m;");

        assertThat(numbers(room).offer(room.output())).isEmpty();
        Room ofStrings = Room.of(COUNTS + "x = tokens == \"a\";");
        assertThat(oneHots(ofStrings).offer(ofStrings.output())).isEmpty();
    }
}
