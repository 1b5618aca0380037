package io.rasplens.compiler.lower.piecewise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

class BendsTest {
    private static final String COUNT = "n = selector_width(select(tokens, tokens, ==));\n";

    private static Optional<Offer<Signal>> offer(Room room) {
        return new Bends(room.facts(), room.readings(), room.writer()).offer(room.output());
    }

    /** The count, of which all of these are functions. */
    private static SOp count(Offer<Signal> offer) {
        assertThat(offer.needs()).hasSize(1);
        return offer.needs().get(0).sop();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n if n > 2 else 2                           | 1 | 1 | 2",
                "n if n > 2 else 2                           | 1 | 2 | 2",
                "n if n > 2 else 2                           | 1 | 2.5 | 2.5",
                "n if n > 2 else 2                           | 1 | 5 | 5",
                "2 if n <= 2 else n                          | 1 | 5 | 5",
                "3 if n > 3 else (n if n > 2 else 2)         | 2 | 1 | 2",
                "3 if n > 3 else (n if n > 2 else 2)         | 2 | 2.5 | 2.5",
                "3 if n > 3 else (n if n > 2 else 2)         | 2 | 5 | 3",
                "(n - 3 if n >= 3 else 3 - n) * 2            | 1 | 1 | 4",
                "(n - 3 if n >= 3 else 3 - n) * 2            | 1 | 3 | 0",
                "(n - 3 if n >= 3 else 3 - n) * 2            | 1 | 4 | 2"
            })
    void eachBendIsAUnit(String function, int units, double at, double value) {
        Room room = Room.of(COUNT + "x = " + function + ";");
        Offer<Signal> offer = offer(room).orElseThrow();
        Signal written = offer.write();

        assertThat(offer.technique()).isEqualTo(Technique.BENDS);
        assertThat(offer.cost().get().units()).isEqualTo(units);
        assertThat(room.units()).hasSize(units);
        assertThat(room.techniques()).containsExactly(Technique.BENDS);
        room.set(count(offer), at);
        assertThat(room.read(written.form())).isCloseTo(value, within(1e-12));
    }

    /** {@code min(n, 3)} is 3 but for what is below it: the number itself, with its noise, is not added to its bend. */
    @Test
    void aFunctionIsWrittenFromItsFlatterEnd() {
        Room room = Room.of(COUNT + "x = 3 if n > 3 else n;");
        Offer<Signal> offer = offer(room).orElseThrow();
        Signal written = offer.write();

        assertThat(room.units()).hasSize(1);
        assertThat(written.form().terms().keySet())
                .doesNotContainAnyElementsOf(
                        room.readings().number(count(offer)).form().terms().keySet());
        for (double at : new double[] {1, 2.5, 3, 5}) {
            room.set(count(offer), at);
            assertThat(room.read(written.form())).isCloseTo(Math.min(at, 3), within(1e-12));
        }
    }

    @Test
    void beyondTheRangeThereIsNoBend() {
        Room room = Room.of(COUNT + "x = n if n < 9 else 9;");
        Offer<Signal> offer = offer(room).orElseThrow();
        Signal written = offer.write();

        assertThat(offer.cost().get().units()).isZero();
        assertThat(room.units()).isEmpty();
        assertThat(room.set(count(offer), 4).read(written.form())).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A jump, a product of what varies, a bool, a string, and the number itself.
                "n if n > 2 else 0",
                "n * n",
                "n > 2",
                "\"a\" if n > 2 else \"b\"",
                "n"
            })
    void isNotOffered(String function) {
        assertThat(offer(Room.of(COUNT + "x = " + function + ";"))).isEmpty();
    }
}
