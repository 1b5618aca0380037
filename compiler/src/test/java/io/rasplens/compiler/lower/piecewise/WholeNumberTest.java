package io.rasplens.compiler.lower.piecewise;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.reading.Signal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeNumberTest {
    private static Optional<Offer<Signal>> offer(Room room) {
        return new WholeNumber(room.facts(), room.readings()).offer(room.output());
    }

    @Test
    void aCountThatIsRoundedIsReadForItself() {
        Room room = Room.of("x = round(selector_width(select(tokens, tokens, ==)));");
        Offer<Signal> offer = offer(room).orElseThrow();

        assertThat(offer.cost().get()).isEqualTo(Cost.NOTHING);
        assertThat(offer.write()).isEqualTo(room.readings().number(room.argument(0)));
        assertThat(room.units()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "round(selector_width(select(tokens, tokens, ==)) / 2)",
                "round(aggregate(select(indices, indices, <=), indices))",
                "selector_width(select(tokens, tokens, ==))",
                "round(tokens == \"a\")"
            })
    void whatIsNoWholeNumberIsNot(String program) {
        assertThat(offer(Room.of("x = " + program + ";"))).isEmpty();
    }
}
