package io.rasplens.compiler.lower.piecewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.compiler.lower.offer.Need;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatesTest {
    private static final String COUNT = """
            n = selector_width(select(tokens, tokens, ==));
            m = selector_width(select(tokens, "a", ==));
            """;

    private static Optional<Offer<Signal>> offer(Room room) {
        return new Gates(room.facts(), room.readings(), room.writer()).offer(room.output());
    }

    @ParameterizedTest
    @CsvSource({"a, 4, 1, 4", "b, 4, 1, 1", "c, 4, 1, 1", "a, 1, 5, 1", "b, 5, 0, 0"})
    void aChoiceByATokenIsOneUnit(String token, double n, double m, double value) {
        Room room = Room.of(COUNT + "x = n if tokens == \"a\" else m;");
        Offer<Signal> offer = offer(room).orElseThrow();
        Signal written = offer.write();

        assertThat(offer.cost().get().units()).isEqualTo(1);
        assertThat(room.units()).hasSize(1);
        assertThat(room.techniques()).containsExactly(Technique.GATES);
        room.set(room.argument(0), Value.of(token.equals("a")))
                .set(room.argument(1), n)
                .set(room.argument(2), m);
        assertThat(room.read(written.form())).isCloseTo(value, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 0", "1, 3, 3", "2, 3, 6", "4, 5, 20", "4, 1, 4"})
    void aProductIsAUnitForEachFactorButOne(int index, int n, double value) {
        Room room = Room.of(COUNT + "x = n * indices;");
        Offer<Signal> offer = offer(room).orElseThrow();
        Signal written = offer.write();

        // n is 1 to 5.
        assertThat(offer.needs()).containsExactly(Need.oneHot(room.argument(0)), Need.number(room.argument(1)));
        assertThat(room.units()).hasSize(4);
        room.set(room.argument(0), Value.of(n)).set(room.argument(1), index);
        assertThat(room.read(written.form())).isCloseTo(value, within(1e-12));
    }

    @Test
    void aFactorThatIsAlwaysTheSameTakesNoUnit() {
        Room room = Room.of(COUNT + "x = n / {\"a\": 2, \"b\": 2, \"c\": 2}[tokens];");
        Offer<Signal> offer = offer(room).orElseThrow();

        assertThat(offer.cost().get().units()).isZero();
        assertThat(room.set(room.argument(0), 3).read(offer.write().form())).isEqualTo(1.5);
        assertThat(room.units()).isEmpty();
    }

    @Test
    void whereItDividesByZeroThereIsNoAnswerToBeRightAbout() {
        Room room = Room.of(COUNT + "x = n / indices;");
        Offer<Signal> offer = offer(room).orElseThrow();

        // 1, 1/2, 1/3 and 1/4.
        assertThat(offer.cost().get().units()).isEqualTo(3);
        Signal written = offer.write();
        room.set(room.argument(0), 3).set(room.argument(1), Value.of(4));
        assertThat(room.read(written.form())).isCloseTo(0.75, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"n + m", "n % 2", "\"a\" if tokens == \"a\" else \"b\"", "tokens == \"a\" if n > 1 else n > 2"})
    void isNotOffered(String function) {
        assertThat(offer(Room.of(COUNT + "x = " + function + ";"))).isEmpty();
    }
}
