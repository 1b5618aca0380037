package io.rasplens.compiler.lower.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.lower.offer.Need;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneHotOfChoiceTest {
    private static final String COPIES = """
            p = aggregate(select(indices, 1, ==), tokens, "");
            n = selector_width(select(tokens, tokens, ==));
            """;

    private static Optional<Offer<OneHot>> offer(Room room) {
        return new OneHotOfChoice(room.facts(), room.readings(), room.writer()).offer(room.output());
    }

    @ParameterizedTest
    @CsvSource({"true, a, 3, a", "true, c, 1, c", "false, a, 3, 3", "false, c, 1, 1"})
    void theChosenValueAloneIsMarked(boolean condition, String string, int number, String chosen) {
        Room room = Room.of(COPIES + "x = p if tokens == \"a\" else n;");
        Offer<OneHot> offer = offer(room).orElseThrow();
        OneHot written = offer.write();

        assertThat(offer.needs())
                .containsExactly(
                        Need.oneHot(room.argument(0)), Need.oneHot(room.argument(1)), Need.oneHot(room.argument(2)));
        // "", a, b, c and 1 to 5.
        assertThat(offer.cost().get().units()).isEqualTo(9);
        assertThat(room.units()).hasSize(9);
        room.set(room.argument(0), Value.of(condition))
                .set(room.argument(1), Value.of(string))
                .set(room.argument(2), Value.of(number));
        written.forms()
                .forEach((value, form) -> assertThat(room.read(form))
                        .as(value.repr())
                        .isEqualTo(value.repr().replace("'", "").equals(chosen) ? 1 : 0));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void equalNumbersOfTheTwoAreOneValue(boolean condition) {
        Room room = Room.of(COPIES + "x = n if tokens == \"a\" else n / 1;");
        OneHot written = offer(room).orElseThrow().write();

        assertThat(written.forms()).hasSize(5);
        room.set(room.argument(0), Value.of(condition))
                .set(room.argument(1), Value.of(2))
                .set(room.argument(2), Value.of(2.0));
        assertThat(written.forms().entrySet().stream()
                        .filter(each -> each.getKey().raspEquals(Value.of(2)))
                        .mapToDouble(each -> room.read(each.getValue()))
                        .sum())
                .isEqualTo(1);
    }

    @Test
    void aTruthValueIsAnotherKindThanTheNumberItEquals() {
        Room room = Room.of(COPIES + "x = n == 2 if tokens == \"a\" else n;");
        OneHot written = offer(room).orElseThrow().write();

        assertThat(written.forms()).containsKeys(Value.of(true), Value.of(false), Value.of(1));
    }

    @Test
    void whatIsNoChoiceIsNotOffered() {
        assertThat(offer(Room.of(COPIES + "x = n + 1;"))).isEmpty();
        assertThat(offer(Room.of(COPIES + "x = n == 1 and n == 2;"))).isEmpty();
    }
}
