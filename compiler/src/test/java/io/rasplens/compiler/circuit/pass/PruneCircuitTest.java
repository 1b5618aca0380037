package io.rasplens.compiler.circuit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HandMade;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.ValueTerm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes no difference goes, and nothing else. */
class PruneCircuitTest {
    private static final HeadKind MEAN = new HeadKind.Mean(50, HeadKind.Keys.ONE);
    private final HandMade made = new HandMade();
    private final LinearForm number = LinearForm.of(made.number);
    private final LinearForm index = LinearForm.of(made.index);
    private final LinearForm out = LinearForm.of(made.out);
    private final LinearForm one = LinearForm.constant(1);
    private final LinearForm other = LinearForm.of(Direction.number(made.features.named("other")));

    private static LinearForm pinned(double score) {
        return LinearForm.of(Direction.BOS, score);
    }

    private static Circuit reading(Circuit circuit, LinearForm form) {
        return new Circuit(
                circuit.tokens(),
                circuit.positions(),
                circuit.blocks(),
                circuit.logits(),
                circuit.decoder(),
                ImmutableList.of(new Circuit.Readout("x", new Stage(2), ImmutableList.of(form), circuit.decoder())),
                circuit.causal());
    }

    /** A head loses the score terms and values that read nothing, and goes with its last value. */
    @Test
    void headsDoNotReadWhatIsNotThere() {
        Head head = HandMade.head(
                MEAN,
                List.of(
                        new ScoreTerm(number.plus(other), index),
                        new ScoreTerm(other, index),
                        new ScoreTerm(number, other),
                        new ScoreTerm(pinned(3).plus(one), pinned(1))),
                new ValueTerm(other, out),
                new ValueTerm(number.plus(other), out));
        Head nothing = HandMade.head(MEAN, List.of(new ScoreTerm(number, index)), new ValueTerm(other, out));

        Circuit pruned = PruneCircuit.emptyReads(made.attend(head, nothing).circuit());

        assertThat(pruned.blocks().get(0).heads())
                .containsExactly(HandMade.head(
                        MEAN,
                        List.of(
                                new ScoreTerm(number, index),
                                new ScoreTerm(pinned(3).plus(one), pinned(1))),
                        new ValueTerm(number, out)));
    }

    /** What a block's heads write its units read, and the next block's heads what its units write. */
    @Test
    void whatIsWrittenStaysRead() {
        UnitGroup units = HandMade.units(HandMade.unit(out, other));
        Head head = HandMade.head(MEAN, List.of(), new ValueTerm(number, out));
        Head last = HandMade.head(MEAN, List.of(new ScoreTerm(other, out)), new ValueTerm(other, index));
        made.attend(head).think(units).attend(last).answer(index);

        assertThat(PruneCircuit.emptyReads(made.circuit())).isEqualTo(made.circuit());
        // The same the other way round.
        Circuit early =
                new HandMade().think(units).attend(head).answer(other.plus(out)).circuit();
        Circuit without = PruneCircuit.emptyReads(early);
        assertThat(without.blocks().get(0).units()).containsExactly(HandMade.unit(LinearForm.ZERO, other));
        assertThat(without.logits()).containsExactly(other.plus(out));
    }

    @Test
    void logitsAndReadoutsDoNotReadWhatIsNotThere() {
        Circuit circuit = reading(made.answer(number.plus(other)).circuit(), index.plus(other));

        Circuit pruned = PruneCircuit.emptyReads(circuit);

        assertThat(pruned.logits()).containsExactly(number);
        assertThat(pruned.readouts())
                .containsExactly(new Circuit.Readout("x", new Stage(2), ImmutableList.of(index), circuit.decoder()));
        assertThat(pruned.tokens()).isEqualTo(circuit.tokens());
        assertThat(pruned.positions()).isEqualTo(circuit.positions());
    }

    /** Backwards from the answer: units and values that nobody reads go, and then what they alone read. */
    @Test
    void nobodyWritesWhatNobodyReads() {
        Head live = HandMade.head(MEAN, List.of(), new ValueTerm(index, out), new ValueTerm(number, other));
        Head dead = HandMade.head(MEAN, List.of(), new ValueTerm(number, other));
        UnitGroup unread = HandMade.units(HandMade.unit(other, LinearForm.of(made.tokens.get(0))));
        UnitGroup read = HandMade.units(HandMade.unit(out, out.plus(other)), HandMade.unit(out, other));

        Circuit pruned = PruneCircuit.prune(
                made.attend(live, dead).think(unread, read).answer(out).circuit());

        assertThat(pruned.blocks().get(0).heads())
                .containsExactly(HandMade.head(MEAN, List.of(), new ValueTerm(index, out)));
        assertThat(pruned.blocks().get(1).groups()).hasSize(1);
        assertThat(pruned.blocks().get(1).units()).containsExactly(HandMade.unit(out, out));
        assertThat(pruned.directions()).containsExactlyInAnyOrder(made.index, made.out, Direction.BOS, Direction.ONE);
    }

    /** Queries, keys and values keep what they read; so do units and readouts. */
    @Test
    void whateverIsReadStaysWritten() {
        Head head = HandMade.head(
                MEAN,
                List.of(new ScoreTerm(LinearForm.of(made.tokens.get(0)), LinearForm.of(made.tokens.get(1)))),
                new ValueTerm(LinearForm.of(made.tokens.get(2)), other));
        Circuit circuit = made.attend(head)
                .think(HandMade.units(HandMade.unit(other.plus(number), out)))
                .answer(out)
                .circuit();
        Circuit pruned = PruneCircuit.prune(circuit);
        assertThat(pruned.blocks()).isEqualTo(circuit.blocks());
        assertThat(pruned.tokens()).isEqualTo(circuit.tokens());
        assertThat(pruned.positions()).containsOnly(one);

        Circuit read = PruneCircuit.prune(reading(new HandMade().answer(one).circuit(), index));
        assertThat(read.positions()).isEqualTo(circuit.positions());
        assertThat(read.tokens().values()).containsOnly(LinearForm.ZERO);
    }
}
