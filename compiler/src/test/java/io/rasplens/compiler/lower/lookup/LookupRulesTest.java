package io.rasplens.compiler.lower.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@link OneHotByLookup}, {@link OneHotOfTwo} and {@link Squares}: what needs no unit, or few. */
class LookupRulesTest {
    private static final String COUNT = "n = selector_width(select(tokens, tokens, ==));\n";

    @Test
    void aConstantIsItsValueEverywhere() {
        Room room = Room.of("x = indices + 7;");
        SOp seven = room.argument(1);
        room.readings().setOneHot(seven);
        OneHot written = new OneHotByLookup(room.facts(), room.readings(), room.readings())
                .offer(seven)
                .orElseThrow()
                .write();

        assertThat(written.forms()).containsOnlyKeys(Value.of(7));
        assertThat(room.read(written.form(Value.of(7)))).isEqualTo(1);
        assertThat(written.stage()).isEqualTo(Stage.EMBEDDING);
    }

    @Test
    void aFunctionOfTheTokenGathersTokens() {
        Room room = Room.of("x = tokens == \"a\" or tokens == \"b\";");
        OneHot written = new OneHotByLookup(room.facts(), free(room), room.readings())
                .offer(room.output())
                .orElseThrow()
                .write();

        assertThat(written.form(Value.of(true)).terms()).hasSize(2);
        assertThat(written.form(Value.of(false)).terms()).hasSize(1);
        assertThat(room.units()).isEmpty();
    }

    @Test
    void aFunctionOfTwoVariablesIsNoLookup() {
        Room room = Room.of("x = tokens == \"a\" and indices == 0;");

        assertThat(new OneHotByLookup(room.facts(), room.readings(), room.readings()).offer(room.output()))
                .isEmpty();
    }

    @Test
    void aNumberOfTwoValuesIsAOneHotAsItStands() {
        Room room = Room.of("x = 3 if tokens == \"a\" and indices == 0 else 5;");
        var offer = new OneHotOfTwo(room.facts(), room.readings())
                .offer(room.output())
                .orElseThrow();
        OneHot written = offer.write();

        assertThat(offer.cost().get()).isEqualTo(Cost.NOTHING);
        room.set(room.output(), 3);
        assertThat(room.read(written.form(Value.of(3)))).isEqualTo(1);
        assertThat(room.read(written.form(Value.of(5)))).isZero();
        room.set(room.output(), 5);
        assertThat(room.read(written.form(Value.of(3)))).isZero();
        assertThat(room.read(written.form(Value.of(5)))).isEqualTo(1);
    }

    @Test
    void threeValuesOrStringsAreNone() {
        Room three = Room.of(COUNT + "x = n;");
        Room strings = Room.of("x = \"u\" if indices == 0 else \"v\";");

        assertThat(new OneHotOfTwo(three.facts(), three.readings()).offer(three.output()))
                .isEmpty();
        assertThat(new OneHotOfTwo(strings.facts(), strings.readings()).offer(strings.output()))
                .isEmpty();
    }

    @Test
    void theSquareOfAFunctionOfThePositionIsEmbedded() {
        Room room = Room.of("x = indices * 2 - 1;");
        new Squares(room.facts(), room.readings(), room.readings(), room.writer(), (sop, function) -> Optional.empty())
                .square(room.output(), 2);

        assertThat(room.units()).isEmpty();
    }

    @Test
    void theSquareOfACountIsExactOnItsValues() {
        Room room = Room.of(COUNT + "x = n;");
        SOp count = room.output();
        var squares = new Squares(
                room.facts(), room.readings(), room.readings(), room.writer(), (sop, function) -> Optional.empty());
        Signal square = squares.square(count, 2);

        for (int n = 1; n <= 5; n++) {
            assertThat(room.set(count, n).read(square.form())).isEqualTo((n - 2) * (n - 2));
        }
        assertThat(room.techniques()).containsExactly(Technique.SQUARE);
        assertThat(squares.square(count, 2)).isSameAs(square);
        assertThat(squares.square(count, 3)).isNotEqualTo(square);
    }

    /** Readings to which the output is free as a one-hot. */
    private static Readings free(Room room) {
        room.readings().setOneHot(room.output());
        return room.readings();
    }
}
