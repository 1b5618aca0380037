package io.rasplens.compiler.lower.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.gadget.KeyScores;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.LegiblePolicy;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each construction of attention by itself: where it is offered, for what, and that its heads compute what the program says. */
class AttentionOffersTest {
    private static final String EITHER = "select(tokens, tokens, ==) or select(indices, indices, <)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select(tokens, tokens, ==)",
                "select(tokens, \"a\", ==)",
                "select(indices, indices, <)",
                EITHER,
                "not (" + EITHER + ")"
            })
    void sumHeadsCountExactly(String selector) {
        AttentionRoom room = AttentionRoom.of("x = selector_width(" + selector + ");");
        Offer<Signal> offer = room.sums().offer(room.counting()).orElseThrow();

        assertThat(offer.technique()).isEqualTo(Technique.COUNT);
        room.isTheOutput(offer.write(), 1e-12);
        assertThat(room.room().heads())
                .hasSize(offer.cost().get().heads())
                .allMatch(head -> head.kind() instanceof HeadKind.Sum);
    }

    @Test
    void aTotalIsTheSumOfWhatIsSelected() {
        AttentionRoom room =
                AttentionRoom.of("x = (indices + 1) * aggregate(select(indices, indices, <=), 2 * indices - 3);");
        Offer<Signal> offer = room.total().offer(room.room().output()).orElseThrow();

        assertThat(offer.technique()).isEqualTo(Technique.TOTAL);
        room.isTheOutput(offer.write(), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(select(indices, indices, <=), indices)",
                "aggregate(select(tokens, tokens, ==), 2 * indices - 3)",
                "aggregate(select(tokens, \"b\", ==), indices, -2.5)",
                "aggregate(select(indices, indices - 1, ==), 3 * indices, 7)"
            })
    void aHeadTakesTheMean(String mean) {
        AttentionRoom room = AttentionRoom.of("x = " + mean + ";");
        Offer<Signal> offer = room.mean().offer(room.averaging()).orElseThrow();

        assertThat(offer.cost().get()).isEqualTo(Cost.ofHeads(1));
        room.isTheOutput(offer.write(), 1e-9);
        assertThat(room.room().heads()).hasSize(1);
        assertThat(room.room().units()).isEmpty();
    }

    @Test
    void whatTakesSeveralHeadsHasNoMeanOfOne() {
        AttentionRoom room = AttentionRoom.of("x = aggregate(" + EITHER + ", 2 * indices, 0);");

        assertThat(room.mean().offer(room.averaging())).isEmpty();
    }

    @Test
    void sumsOfSeveralHeadsAreDividedByWidths() {
        AttentionRoom room = AttentionRoom.of("x = aggregate(" + EITHER + ", 2 * indices - 3, -2.5);");
        Offer<Signal> offer = room.quotient().offer(room.averaging()).orElseThrow();

        assertThat(offer.technique()).isEqualTo(Technique.QUOTIENT);
        assertThat(offer.cost().get()).isEqualTo(Cost.ofUnits(2 * 5));
        room.isTheOutput(offer.write(), 1e-9);
        // Two breaks for each width, and one where the first slope begins.
        assertThat(room.room().units()).hasSize(2 * 5 + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(select(tokens, \"a\", ==) or select(indices, 2, ==), 2.5 - length, -2.5)",
                "aggregate(select(tokens, tokens, ==) or select(indices, indices, <), length, 7)",
                "aggregate(select(tokens, \"a\", ==) or select(indices, 0, ==), 3)"
            })
    void oneNumberIsTakenFromTheFirstOfSeveralHeads(String copy) {
        AttentionRoom room = AttentionRoom.of("x = " + copy + ";");
        Offer<Signal> offer = room.first().offer(room.averaging()).orElseThrow();

        assertThat(offer.technique()).isEqualTo(Technique.GATES);
        room.isTheOutput(offer.write(), 1e-9);
        assertThat(room.room().heads()).hasSize(offer.cost().get().heads());
        assertThat(room.room().units().size())
                .isLessThanOrEqualTo(offer.cost().get().units());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aggregate(" + EITHER + ", indices)", "aggregate(select(tokens, \"a\", ==), length)"})
    void severalNumbersAndOneHeadNeedNoFirst(String mean) {
        AttentionRoom room = AttentionRoom.of("x = " + mean + ";");

        assertThat(room.first().offer(room.averaging())).isEmpty();
    }

    @Test
    void headsWhoseBosStandsForTheOthersTakeAMeanTogether() {
        AttentionRoom room = AttentionRoom.of("x = aggregate(" + EITHER + ", 2 * indices - 3, -2.5);");
        Offer<Signal> offer = room.joint().offer(room.averaging()).orElseThrow();

        assertThat(offer.technique()).isEqualTo(Technique.JOINT_MEAN);
        assertThat(offer.cost().get()).isEqualTo(new Cost(4, 4 * 5));
        room.isTheOutput(offer.write(), 1e-9);
        assertThat(room.room().heads())
                .hasSize(4)
                .noneMatch(head -> head.kind() instanceof HeadKind.Sum)
                .filteredOn(head -> head.kind() instanceof HeadKind.Part)
                .hasSize(2);
    }

    @Test
    void oneTestAloneHasNoJointMean() {
        AttentionRoom room = AttentionRoom.of("x = aggregate(select(tokens, \"b\", ==), indices, -2.5);");

        assertThat(room.joint().offer(room.averaging())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(select(indices, indices, <=), indices)",
                "aggregate(select(indices, indices - 1, <=), indices, -2.5)"
            })
    void aLongPrefixIsBlocksAndDigits(String mean) {
        AttentionRoom room = AttentionRoom.of("#@ vocab [\"a\", \"b\"]\n#@ max_length 100\nx = " + mean + ";");
        Offer<Signal> offer = room.prefix().offer(room.averaging()).orElseThrow();
        Signal written = offer.write();

        assertThat(offer.technique()).isEqualTo(Technique.PREFIX_MEAN);
        assertThat(room.room().heads()).hasSize(2).allMatch(head -> head.kind() instanceof HeadKind.Part);
        var input = IntStream.range(0, 100).mapToObj(i -> Value.of("a")).toList();
        double[] seen = room.room().run(written.form(), input);
        var expected = room.room().expected(room.room().output(), input);
        for (int i = 0; i < seen.length; i++) {
            assertThat(seen[i]).isCloseTo(Values.asNumber(expected.get(i)), within(1e-9));
        }
    }

    @Test
    void aShortPrefixIsNone() {
        AttentionRoom room = AttentionRoom.of("x = aggregate(select(indices, indices, <=), indices);");

        assertThat(room.prefix().offer(room.averaging())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(select(indices, indices - 1, ==), tokens, \"z\")",
                "aggregate(select(indices, indices - 1, ==), tokens, \"a\")",
                "aggregate(select(indices, indices, ==), tokens)",
                "aggregate(select(tokens, tokens, ==) and select(indices, 0, ==), tokens, \"none\")"
            })
    void aOneHotIsCopied(String copy) {
        AttentionRoom room = AttentionRoom.of("x = " + copy + ";");
        Offer<OneHot> offer =
                room.copied().offer((SOp.Aggregate) room.room().output()).orElseThrow();

        assertThat(offer.technique()).isEqualTo(Technique.COPY);
        room.isTheOutput(offer.write(), 1e-12);
        assertThat(room.room().heads()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate(select(tokens, \"a\", ==), indices, \"none\")",
                "aggregate(select(tokens, tokens, !=), indices, \"alone\")"
            })
    void meansBesideAStringAreStepsOfACode(String mean) {
        AttentionRoom room = AttentionRoom.of("x = " + mean + ";");
        var node = (SOp.Aggregate) room.room().output();
        Offer<OneHot> offer = room.mixed().offer(node).orElseThrow();

        assertThat(room.copied().offer(node)).isEmpty();
        assertThat(offer.technique()).isEqualTo(Technique.MIXED_MEAN);
        room.isTheOutput(offer.write(), 1e-9);
        // Values that no mean takes have no step.
        assertThat(room.room().units().size())
                .isEven()
                .isPositive()
                .isLessThanOrEqualTo(offer.cost().get().units());
    }

    @Test
    void copiesAreNotCoded() {
        AttentionRoom room = AttentionRoom.of("x = aggregate(select(indices, indices - 1, ==), tokens, \"z\");");

        assertThat(room.mixed().offer((SOp.Aggregate) room.room().output())).isEmpty();
    }

    /** What a legible model counts by: the share that the keys leave to BOS. */
    @Test
    void aCountIsHeldAsTheShareOfBos() {
        Room room = Room.of("x = selector_width(select(tokens, tokens, ==)) % 2;");
        var attention = new ReadAttention(
                room.facts(), room.readings(), room.readings(), room.writer(), new LegiblePolicy(), KeyScores.HARDNESS);
        SOp width = room.argument(0);
        Signal share = attention.squeezed(width);

        assertThat(attention.isSqueezed(width)).isTrue();
        assertThat(room.heads()).hasSize(1);
        Head head = room.heads().get(0);
        assertThat(head.kind()).isInstanceOf(HeadKind.Count.class);
        for (var input : room.inputs()) {
            double[] seen = room.run(share.form(), input);
            for (int i = 0; i < seen.length; i++) {
                double count = Values.asNumber(room.expected(width, input).get(i));
                assertThat(seen[i]).isCloseTo(attention.held(width, count), within(1e-3));
            }
        }
    }
}
