package io.rasplens.compiler.lower.piecewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.lower.offer.Need;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HingesTest {
    private static final String COUNTS = """
            n = selector_width(select(tokens, tokens, ==));
            m = selector_width(select(tokens, "a", ==));
            """;

    private static Optional<Offer<Signal>> offer(Room room) {
        return new Hinges(room.facts(), room.readings(), room.writer()).offer(room.output());
    }

    private static SOp named(Room room, String name) {
        return room.facts().program().origins().entrySet().stream()
                .filter(e -> e.getValue().name().equals(Optional.of(name)))
                .map(e -> (SOp) e.getKey())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n if n > m else m            | 2 | 4 | 4",
                "n if n > m else m            | 4 | 2 | 4",
                "n if n > m else m            | 3 | 3 | 3",
                "n if n >= m else m           | 3 | 3 | 3",
                "n if n < m else m            | 2 | 4 | 2",
                "n if n <= m else m           | 4 | 2 | 2",
                "0 if n < m else n - m        | 2 | 4 | 0",
                "0 if n < m else n - m        | 5 | 1 | 4"
            })
    void theGreaterOrTheLesserIsOneUnit(String function, double n, double m, double value) {
        Room room = Room.of(COUNTS + "x = " + function + ";");
        Offer<Signal> offer = offer(room).orElseThrow();
        Signal written = offer.write();

        assertThat(room.units()).hasSize(1);
        assertThat(room.techniques()).containsExactly(Technique.HINGE);
        assertThat(offer.needs()).extracting(Need::form).containsOnly(Need.Form.NUMBER);
        for (Need need : offer.needs()) {
            room.set(need.sop(), need.sop() == named(room, "n") ? n : need.sop() == named(room, "m") ? m : n - m);
        }
        set(room, "n", n);
        set(room, "m", m);
        assertThat(room.read(written.form())).isCloseTo(value, within(1e-12));
    }

    private static void set(Room room, String name, double number) {
        room.set(named(room, name), number);
    }

    @Test
    void whatIsAlwaysGreaterTakesNoUnit() {
        Room room = Room.of(COUNTS + "x = n + 9 if n + 9 > m else m;");
        Signal written = offer(room).orElseThrow().write();

        assertThat(room.units()).isEmpty();
        assertThat(written.stage()).isEqualTo(Stage.EMBEDDING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n if n > m else 0",
                "n if n > m else m + 1",
                "2 * n if n > m else m",
                "n if n == m else m",
                "n + m"
            })
    void branchesThatDoNotMeetWhereTheSignChangesAreNoHinge(String function) {
        assertThat(offer(Room.of(COUNTS + "x = " + function + ";"))).isEmpty();
    }

    @Test
    void aMultipleOfTheDifferenceIsOne() {
        assertThat(offer(Room.of(COUNTS + "x = 3 * n - 3 * m if n > m else 0;")).map(Offer::technique))
                .isEqualTo(Optional.of(Technique.HINGE));
    }
}
