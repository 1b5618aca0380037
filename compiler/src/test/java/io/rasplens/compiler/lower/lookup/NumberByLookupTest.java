package io.rasplens.compiler.lower.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.reading.AttentionReadings;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that the embedding has, by {@link NumberByLookup} over {@link Variables}. */
class NumberByLookupTest {
    private static Optional<Offer<Signal>> offer(Room room) {
        var variables = new Variables(room.facts(), room.readings(), NumberByLookupTest::noAttention, room.writer());
        return new NumberByLookup(room.facts(), variables).offer(room.output());
    }

    private static AttentionReadings noAttention() {
        throw new AssertionError("the embedding needs no attention");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 * indices + 7.5",
                "indices",
                "3 - 2 * indices",
                "indices % 2",
                "1 if tokens == \"a\" else -2.5",
                "indicator(tokens == \"b\" or tokens == \"c\")"
            })
    void whatTheEmbeddingKnowsTakesNoUnit(String number) {
        Room room = Room.of("x = " + number + ";");
        Offer<Signal> offer = offer(room).orElseThrow();
        Signal written = offer.write();

        assertThat(offer.technique()).isEqualTo(Technique.READ);
        assertThat(offer.cost().get()).isEqualTo(Cost.NOTHING);
        assertThat(written.stage().isEmbedding()).isTrue();
        assertThat(room.units()).isEmpty();
        for (ImmutableList<Value> input : room.inputs()) {
            double[] seen = room.run(written.form(), input);
            for (int i = 0; i < seen.length; i++) {
                double expected =
                        Values.asNumber(room.expected(room.output(), input).get(i));
                assertThat(seen[i]).as("position " + i + " of " + input).isCloseTo(expected, within(1e-12));
            }
        }
    }

    @Test
    void whatTokenAndPositionDecideTogetherIsNone() {
        assertThat(offer(Room.of("x = indices if tokens == \"a\" else 0;"))).isEmpty();
    }
}
