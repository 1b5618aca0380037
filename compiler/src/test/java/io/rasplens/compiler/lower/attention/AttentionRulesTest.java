package io.rasplens.compiler.lower.attention;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.gadget.KeyScores;
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

/** Which heads aggregates and widths become, over readings that are there already. */
class AttentionRulesTest {
    private static ReadAttention attention(Room room) {
        return new ReadAttention(
                room.facts(),
                room.readings(),
                room.readings(),
                room.writer(),
                new SmallestPolicy(),
                KeyScores.HARDNESS);
    }

    private static Head onlyHead(Room room) {
        assertThat(room.heads()).hasSize(1);
        return room.heads().get(0);
    }

    @Test
    void aWidthIsOneHeadThatCounts() {
        Room room = Room.of("x = selector_width(select(tokens, tokens, ==));");
        Signal width = attention(room).number(room.output());

        assertThat(onlyHead(room).kind()).isInstanceOf(HeadKind.Sum.class);
        assertThat(onlyHead(room).origin().description()).isEqualTo("counts keys where key's tokens == query's tokens");
        assertThat(room.techniques()).containsExactly(Technique.COUNT);
        assertThat(width.stage()).isEqualTo(Stage.afterAttention(0));
        assertThat(room.units()).isEmpty();
    }

    @Test
    void aWidthOfExclusiveCasesIsAHeadForEach() {
        Room room = Room.of("x = selector_width(select(tokens, tokens, ==) or select(indices, indices, <));");
        attention(room).number(room.output());

        assertThat(room.heads()).hasSize(2);
        assertThat(room.techniques()).containsExactly(Technique.COUNT);
    }

    @Test
    void aMeanOfNumbersIsOneHead() {
        Room room = Room.of("x = aggregate(select(indices, indices, <=), indices, 0.5);");
        attention(room).number(room.output());

        assertThat(onlyHead(room).kind())
                .isInstanceOfSatisfying(
                        HeadKind.Mean.class, mean -> assertThat(mean.selected()).isEqualTo(Keys.ANY));
        assertThat(room.techniques()).containsExactly(Technique.MEAN);
    }

    @Test
    void aMeanOverSeveralHeadsIsDividedBehindThem() {
        Room room =
                Room.of("x = aggregate(select(tokens, tokens, ==) or select(indices, indices, <), 2 * indices, 0);");
        attention(room).number(room.output());

        assertThat(room.heads()).hasSize(2);
        assertThat(room.units()).isNotEmpty();
        assertThat(room.techniques()).containsExactly(Technique.QUOTIENT);
    }

    @Test
    void aNumberOfOneKeyIsCopied() {
        Room room = Room.of("x = aggregate(select(indices, indices - 1, ==), 3 * indices, 7);");
        attention(room).number(room.output());

        assertThat(onlyHead(room).kind())
                .isInstanceOfSatisfying(
                        HeadKind.Mean.class, mean -> assertThat(mean.selected()).isEqualTo(Keys.ONE));
        assertThat(room.techniques()).containsExactly(Technique.COPY);
    }

    @Test
    void stringsAreCopiedAsAOneHotWithTheFallbackAmongThem() {
        Room room = Room.of("x = aggregate(select(indices, indices - 1, ==), tokens, \"z\");");
        ReadAttention attention = attention(room);
        OneHot copied = attention.oneHot(room.output());

        assertThat(attention.isOneHot(room.output())).isTrue();
        assertThat(copied.forms()).containsOnlyKeys(Value.of("a"), Value.of("b"), Value.of("c"), Value.of("z"));
        // Where nothing is selected the fallback's direction is left at 1.
        assertThat(copied.form(Value.of("z")).constant()).isEqualTo(1);
        assertThat(copied.form(Value.of("a")).constant()).isZero();
        assertThat(room.techniques()).containsExactly(Technique.COPY);
    }

    @Test
    void whereAKeyIsAlwaysSelectedThereIsNoFallback() {
        Room room = Room.of("x = aggregate(select(indices, indices, ==), tokens, \"z\");");
        OneHot copied = attention(room).oneHot(room.output());

        assertThat(copied.forms()).doesNotContainKey(Value.of("z"));
    }

    @Test
    void meansBesideAStringAreToldByACode() {
        Room room = Room.of("x = aggregate(select(tokens, \"a\", ==), indices, \"none\");");
        ReadAttention attention = attention(room);
        attention.oneHot(room.output());

        assertThat(room.techniques()).containsExactly(Technique.MEAN, Technique.MIXED_MEAN);
        assertThat(room.units().size()).isEven();
    }

    @Test
    void aMeanTimesItsWidthIsASumInOneHead() {
        Room room = Room.of("x = (indices + 1) * aggregate(select(indices, indices, <=), 2 * indices);");
        Offer<Signal> offer = attention(room).totals().offer(room.output()).orElseThrow();
        offer.write();

        assertThat(offer.technique()).isEqualTo(Technique.TOTAL);
        assertThat(offer.cost().get().heads()).isEqualTo(1);
        assertThat(onlyHead(room).kind()).isInstanceOf(HeadKind.Sum.class);
        assertThat(room.techniques()).containsExactly(Technique.TOTAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "indices * aggregate(select(indices, indices, <=), 2 * indices)",
                "(indices + 1) * aggregate(select(indices, indices, <=), tokens == \"a\")",
                "(indices + 1) + aggregate(select(indices, indices, <=), 2 * indices)"
            })
    void whatIsNoTotalIsNotOffered(String program) {
        Room room = Room.of("x = " + program + ";");

        assertThat(attention(room).totals().offer(room.output())).isEmpty();
    }

    @Test
    void theLengthIsReadFromTheLastPositionOnce() {
        Room room = Room.of("x = length;");
        ReadAttention attention = attention(room);

        assertThat(attention.length()).isSameAs(attention.length());
        assertThat(room.techniques()).containsExactly(Technique.LAST_POSITION);
        assertThat(onlyHead(room).origin().node()).isEmpty();
    }

    @Test
    void aNodeIsMadeOnce() {
        Room room = Room.of("x = selector_width(select(tokens, tokens, ==));");
        ReadAttention attention = attention(room);

        assertThat(attention.number(room.output())).isSameAs(attention.number(room.output()));
        assertThat(room.heads()).hasSize(1);
        assertThat(attention.madeNumbers()).containsOnlyKeys(room.output());
        assertThat(attention.madeOneHots()).isEmpty();
    }

    @Test
    void numbersWhoseSequenceIsThereAsAOneHotAreCopiedAsOne() {
        Room room = Room.of("x = aggregate(select(indices, indices - 1, ==), 3 * indices, 7);");
        SOp sequence = (SOp) room.output().operands().get(1);

        assertThat(attention(room).isOneHot(room.output())).isFalse();
        room.readings().setOneHot(sequence);
        assertThat(attention(room).isOneHot(room.output())).isTrue();
    }
}
