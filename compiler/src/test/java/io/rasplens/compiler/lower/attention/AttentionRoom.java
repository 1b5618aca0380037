package io.rasplens.compiler.lower.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.gadget.KeyScores;
import io.rasplens.compiler.lower.offer.Choice;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.offer.SmallestPolicy;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Room;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.selector.GroupSelects;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.List;

/** What the rules of attention are made with, over readings that are there already, and whether what they write is what the program says. */
final class AttentionRoom {
    private final Room room;
    private final HeadTests tests;
    private final SelectorHeads heads;
    private final Copying copying;
    private final Counters counters;

    private AttentionRoom(Room room) {
        this.room = room;
        var scores = new MakeScores(room.facts(), room.readings(), room.readings(), KeyScores.HARDNESS);
        this.tests = new HeadTests(
                room.facts(),
                new GroupSelects(room.facts(), room.readings(), room.readings()),
                scores,
                new SmallestPolicy());
        this.heads = new SelectorHeads(room.facts(), room.writer(), tests, scores, KeyScores.HARDNESS);
        this.copying = new Copying(room.facts(), room.readings(), tests);
        this.counters = new Counters(room.facts(), tests, false, KeyScores.HARDNESS);
    }

    static AttentionRoom of(String program) {
        return new AttentionRoom(Room.of(program));
    }

    Room room() {
        return room;
    }

    SumHeads sums() {
        return new SumHeads(tests, heads);
    }

    MeanHead mean() {
        return new MeanHead(room.writer(), tests, copying, heads);
    }

    QuotientOfSums quotient() {
        return new QuotientOfSums(room.facts(), room.writer(), heads);
    }

    FirstFound first() {
        return new FirstFound(room.facts(), room.writer(), tests, heads);
    }

    JointMean joint() {
        return new JointMean(room.facts(), room.writer(), tests, heads);
    }

    PrefixMean prefix() {
        return new PrefixMean(room.facts(), room.readings(), room.writer(), heads);
    }

    CopiedOneHot copied() {
        return new CopiedOneHot(room.facts(), room.readings(), room.writer(), copying, heads);
    }

    TotalOfKeys total() {
        return new TotalOfKeys(room.facts(), room.readings(), counters, choice(sums()));
    }

    MixedMeans mixed() {
        return new MixedMeans(room.facts(), room.readings(), room.writer(), copying, choice(mean()), choice(sums()));
    }

    private static <S> Choice<S, Signal> choice(Rule<S, Signal> rule) {
        Policy policy = new SmallestPolicy();
        return new Choice<>(policy, need -> true, ImmutableList.of(rule));
    }

    /** The mean that the output is. */
    Averaging averaging() {
        var node = (SOp.Aggregate) room.output();
        return new Averaging(
                node,
                room.readings().number(node.sequence()),
                room.facts().range(node.sequence()),
                Values.asNumber(node.fallback()));
    }

    /** The count that the output is. */
    Summing counting() {
        return Summing.count((SOp.SelectorWidth) room.output());
    }

    /** The output's value at each position of all inputs. */
    void isTheOutput(Signal written, double tolerance) {
        for (ImmutableList<Value> input : room.inputs()) {
            double[] seen = room.run(written.form(), input);
            List<Value> expected = room.expected(room.output(), input);
            for (int i = 0; i < seen.length; i++) {
                assertThat(seen[i])
                        .as("position " + i + " of " + input)
                        .isCloseTo(Values.asNumber(expected.get(i)), within(tolerance));
            }
        }
    }

    /** 1 for the output's value at each position of all inputs, and 0 for each other value. */
    void isTheOutput(OneHot written, double tolerance) {
        for (ImmutableList<Value> input : room.inputs()) {
            List<Value> expected = room.expected(room.output(), input);
            written.forms().forEach((value, form) -> {
                double[] seen = room.run(form, input);
                for (int i = 0; i < seen.length; i++) {
                    assertThat(seen[i])
                            .as(value.repr() + " at position " + i + " of " + input)
                            .isCloseTo(value.raspEquals(expected.get(i)) ? 1 : 0, within(tolerance));
                }
            });
            assertThat(expected)
                    .allSatisfy(one -> assertThat(written.forms().keySet()).anyMatch(one::raspEquals));
        }
    }
}
