package io.rasplens.compiler.lower.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.compiler.lower.offer.CarefulPolicy;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.SmallestPolicy;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link NumberByCases} and {@link OneHotByCases}: functions of what can be listed. */
class CasesRulesTest {
    private static final String COUNTS = """
            n = selector_width(select(tokens, tokens, ==));
            m = selector_width(select(tokens, "a", ==));
            """;

    private static Plans plans(Room room) {
        var regions = new Regions(room.facts(), room.readings(), room.readings(), (node, block) -> false);
        return new Plans(room.facts(), room.readings(), room.readings(), room.writer(), regions);
    }

    private static EmitCases emit(Room room) {
        return new EmitCases(room.facts(), room.writer(), room.readings());
    }

    private static Offer<Signal> number(Room room) {
        return new NumberByCases(room.writer(), plans(room), new SmallestPolicy(), emit(room))
                .offer(room.output())
                .orElseThrow();
    }

    private static SOp count(Room room, String name) {
        return room.facts().program().origins().entrySet().stream()
                .filter(e -> e.getValue().name().filter(name::equals).isPresent())
                .map(e -> (SOp) e.getKey())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 0", "3, 1", "4, 0", "5, 1"})
    void aFunctionOfOneNumberIsTwoUnitsForEachChange(int n, double value) {
        Room room = Room.of(COUNTS + "x = n % 2;");
        Offer<Signal> offer = number(room);
        Signal written = offer.write();

        assertThat(offer.technique()).isEqualTo(Technique.CASES);
        assertThat(offer.cost().get().units()).isEqualTo(8);
        assertThat(room.units()).hasSize(8);
        assertThat(room.techniques()).containsExactly(Technique.CASES);
        assertThat(room.set(count(room, "n"), n).read(written.form())).isCloseTo(value, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, true", "2, 1, false", "1, 2, false", "5, 5, true", "5, 4, false"})
    void equalityOfTwoCountsIsFourUnitsOfTheirDifference(double n, double m, boolean equal) {
        Room room = Room.of(COUNTS + "x = n == m;");
        Offer<Signal> offer = number(room);
        Signal written = offer.write();

        assertThat(offer.cost().get().units()).isEqualTo(4);
        room.set(count(room, "n"), n).set(count(room, "m"), m);
        assertThat(room.read(written.form())).isCloseTo(equal ? 1 : 0, within(1e-12));
    }

    @Test
    void orderOfTwoCountsIsTwoUnits() {
        assertThat(number(Room.of(COUNTS + "x = n < m;")).cost().get().units()).isEqualTo(2);
    }

    @Test
    void aOneHotHasEachValueThatCanBe() {
        Room room = Room.of(COUNTS + "x = \"odd\" if n % 2 == 1 else \"even\";");
        OneHot written = new OneHotByCases(plans(room), new SmallestPolicy(), emit(room))
                .offer(room.output())
                .orElseThrow()
                .write();

        room.set(count(room, "n"), 3);
        assertThat(room.read(written.form(Value.of("odd")))).isCloseTo(1, within(1e-12));
        assertThat(room.read(written.form(Value.of("even")))).isCloseTo(0, within(1e-12));
        room.set(count(room, "n"), 4);
        assertThat(room.read(written.form(Value.of("odd")))).isCloseTo(0, within(1e-12));
        assertThat(room.read(written.form(Value.of("even")))).isCloseTo(1, within(1e-12));
    }

    /** Steps of two squeezed counts, and more steps than anybody wants, are for what can't be had otherwise. */
    @Test
    void aCarefulPolicyTakesNoCasesThatRound() {
        Room room = Room.of(COUNTS + "x = {1: 0.000000001, 2: 1000000000000, 3: 0.5, 4: 2, 5: 1}[n];");
        var careful =
                new NumberByCases(room.writer(), plans(room), new CarefulPolicy(new SmallestPolicy()), emit(room));

        assertThat(careful.offer(room.output())).isEmpty();
        assertThat(careful.offerAnyhow(room.output())).isPresent();
        assertThat(number(room).technique()).isEqualTo(Technique.CASES);
    }

    @Test
    void intsOfAnySizeAre() {
        Room room = Room.of(COUNTS + "x = {1: 1, 2: 1000000000000, 3: 2, 4: 3, 5: 4}[n];");
        Signal written = number(room).write();

        assertThat(room.set(count(room, "n"), 3).read(written.form())).isCloseTo(2, within(0.01));
    }
}
