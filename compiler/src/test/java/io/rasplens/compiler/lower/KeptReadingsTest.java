package io.rasplens.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import org.junit.jupiter.api.Test;

/** How what is kept is written into directions of its own. */
class KeptReadingsTest {
    private static KeptReadings kept(Room room) {
        return new KeptReadings(room.facts(), room.readings(), room.writer());
    }

    @Test
    void aFewWholeNumbersAreCopiedByStepsThatStopNoise() {
        Room room = Room.keeping("x = selector_width(select(tokens, \"a\", ==));");
        Signal copy = kept(room).number(room.output());

        assertThat(room.units()).hasSize(2 * 5);
        for (int n = 0; n <= 5; n++) {
            assertThat(room.set(room.argument(0), n).read(copy.form())).isCloseTo(n, within(1e-12));
            assertThat(room.set(room.argument(0), n + 0.2).read(copy.form())).isCloseTo(n, within(1e-12));
        }
    }

    @Test
    void anyOtherNumberIsCopiedByOneUnit() {
        Room room = Room.keeping("x = aggregate(select(tokens, \"a\", ==), 2 * indices - 3, -7);");
        Signal copy = kept(room).number(room.output());

        assertThat(room.units()).hasSize(1);
        for (double number : new double[] {-7, -3, 0, 0.25, 4.75, 5}) {
            assertThat(room.set(room.argument(0), number).read(copy.form())).isCloseTo(number, within(1e-12));
        }
    }

    @Test
    void stringsAreCopiedDirectionByDirection() {
        Room room = Room.keeping("x = aggregate(select(indices, indices - 1, ==), tokens, \"z\");");
        OneHot copy = kept(room).oneHot(room.output());

        assertThat(copy.forms().keySet()).containsExactlyElementsOf(room.facts().values(room.output()));
        assertThat(room.units()).hasSize(2 * 4);
        for (Value value : copy.forms().keySet()) {
            room.set(room.argument(0), value);
            copy.forms()
                    .forEach((each, form) -> assertThat(room.read(form))
                            .as(each + " of " + value)
                            .isCloseTo(each.equals(value) ? 1 : 0, within(1e-12)));
        }
    }

    @Test
    void whatOneTokenOrPositionDecidesStandsInTheEmbedding() {
        for (String program : new String[] {"indices * indices", "3 if tokens == \"a\" else 0.5"}) {
            Room room = Room.keeping("x = " + program + ";");
            Signal copy = kept(room).number(room.output());

            assertThat(room.units()).isEmpty();
            assertThat(copy.stage().isEmbedding()).isTrue();
            for (ImmutableList<Value> input : room.inputs()) {
                double[] seen = room.run(copy.form(), input);
                for (int i = 0; i < seen.length; i++) {
                    assertThat(seen[i])
                            .isEqualTo(Values.asNumber(
                                    room.expected(room.output(), input).get(i)));
                }
            }
        }
    }

    @Test
    void stringsOfATokenStandThereAsAOneHot() {
        Room room = Room.keeping("x = \"first\" if tokens == \"a\" else \"other\";");
        OneHot copy = kept(room).oneHot(room.output());

        assertThat(room.units()).isEmpty();
        assertThat(room.run(copy.form(Value.of("first")), ImmutableList.of(Value.of("b"), Value.of("a"))))
                .containsExactly(0, 1);
        assertThat(room.run(copy.form(Value.of("other")), ImmutableList.of(Value.of("b"), Value.of("a"))))
                .containsExactly(1, 0);
    }
}
