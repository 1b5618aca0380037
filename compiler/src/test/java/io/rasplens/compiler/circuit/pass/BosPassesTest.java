package io.rasplens.compiler.circuit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HandMade;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.VerifyCircuit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What heads need not do to keep BOS to itself. */
class BosPassesTest {
    private static final HeadKind MEAN = new HeadKind.Mean(50, HeadKind.Keys.ONE);
    private static final HeadKind SUM = new HeadKind.Sum(50, 1, 50, 50);
    private final HandMade made = new HandMade();
    private final LinearForm number = LinearForm.of(made.number);
    private final LinearForm out = LinearForm.of(made.out);
    private final LinearForm late = LinearForm.of(Direction.number(made.features.named("late")));
    private final LinearForm one = LinearForm.constant(1);
    private final LinearForm bos = LinearForm.of(Direction.BOS);
    private final ScoreTerm pin = new ScoreTerm(bos.times(1000), bos);
    private final ScoreTerm scored = new ScoreTerm(bos.times(1000).plus(one), bos);

    private Head writing(ScoreTerm... terms) {
        return HandMade.head(MEAN, List.of(terms), new ValueTerm(number, out));
    }

    private static List<ScoreTerm> spared(HandMade made) {
        return SpareBos.spare(made.circuit()).blocks().get(0).heads().get(0).terms();
    }

    @Test
    void nobodyReadsWhatTheLastHeadLeavesAtBos() {
        assertThat(spared(new HandMade().attend(writing(pin)))).isEmpty();
        // A score of its own among the keys it has to keep.
        assertThat(spared(new HandMade().attend(writing(scored)))).containsExactly(scored);
    }

    /** Keys and values are read at BOS; queries by those alone who keep BOS to itself. */
    @Test
    void whatIsReadAtBosKeepsItsPin() {
        Head key = HandMade.head(MEAN, List.of(new ScoreTerm(number, out)), new ValueTerm(number, late));
        Head value = HandMade.head(MEAN, List.of(), new ValueTerm(out, late));
        Head query = HandMade.head(MEAN, List.of(new ScoreTerm(out, number)), new ValueTerm(number, late));
        Head queryPinned = HandMade.head(MEAN, List.of(pin, new ScoreTerm(out, number)), new ValueTerm(number, late));
        Head readingLate = HandMade.head(MEAN, List.of(), new ValueTerm(late, number));

        assertThat(spared(new HandMade().attend(writing(pin)).attend(key))).containsExactly(pin);
        assertThat(spared(new HandMade().attend(writing(pin)).attend(value))).containsExactly(pin);
        assertThat(spared(new HandMade().attend(writing(pin)).attend(queryPinned)))
                .isEmpty();
        assertThat(spared(
                        new HandMade().attend(writing(pin)).attend(queryPinned).attend(readingLate)))
                .containsExactly(pin);
        // What stays as it is counts as kept, whether it had anything to lose or not.
        assertThat(spared(new HandMade().attend(writing(pin)).attend(query))).containsExactly(pin);
        assertThat(spared(new HandMade().attend(writing(pin)).attend(value).causal()))
                .isEmpty();
    }

    /** Units pass on what stands at BOS. */
    @Test
    void unitsAreReadThrough() {
        var units = HandMade.units(HandMade.unit(out, late));
        Head value = HandMade.head(MEAN, List.of(), new ValueTerm(late, number));

        assertThat(spared(new HandMade().attend(writing(pin)).think(units).attend(value)))
                .containsExactly(pin);
        assertThat(spared(new HandMade().attend(writing(pin)).think(units))).isEmpty();
        Head other = HandMade.head(MEAN, List.of(), new ValueTerm(number, out));
        assertThat(spared(new HandMade().attend(writing(pin)).think(units).attend(other)))
                .isEmpty();
    }

    @Test
    void blocksKeepTheirOrderAndTheirUnits() {
        var units = HandMade.units(HandMade.unit(out, late));
        Circuit circuit = new HandMade().attend(writing(scored)).think(units).circuit();

        assertThat(SpareBos.spare(circuit)).isEqualTo(circuit);
    }

    /** 64 is enough beside anything but e^Λ. */
    @Test
    void bosSeesItselfNoHarderThanItMust() {
        Circuit soft = SoftenBos.soften(new HandMade()
                .attend(writing(scored, new ScoreTerm(number, out)))
                .circuit());

        assertThat(soft.blocks().get(0).heads())
                .containsExactly(writing(new ScoreTerm(bos.times(64).plus(one), bos), new ScoreTerm(number, out)));
        Circuit little = new HandMade()
                .attend(writing(new ScoreTerm(bos.times(63), bos)))
                .circuit();
        assertThat(SoftenBos.soften(little)).isEqualTo(little);
        Circuit enough = new HandMade()
                .attend(writing(new ScoreTerm(bos.times(64), bos)))
                .circuit();
        assertThat(SoftenBos.soften(enough)).isEqualTo(enough);
        Circuit sums = new HandMade()
                .attend(writing(pin), HandMade.head(SUM, List.of(pin), new ValueTerm(number, out)))
                .circuit();
        assertThat(SoftenBos.soften(sums)).isSameAs(sums);
    }
    /** What others leave at BOS is read by a later head, and multiplied with what is read; e^47 is more than 1e20. */
    @Test
    void bosSeesItselfHarderByWhatCountsMultiply() {
        Head count = HandMade.head(new HeadKind.Count(50, 1e20, 0), List.of(pin), new ValueTerm(out, late));
        Circuit soft = SoftenBos.soften(
                new HandMade().attend(writing(pin)).attend(count).circuit());

        assertThat(soft.blocks())
                .flatMap(block -> block.heads())
                .flatMap(head -> head.terms())
                .containsOnly(new ScoreTerm(bos.times(64 + 47), bos));
        assertThat(VerifyCircuit.problems(soft)).isEmpty();
        assertThat(VerifyCircuit.problems(new HandMade()
                        .attend(writing(new ScoreTerm(bos.times(64), bos)))
                        .attend(count)
                        .circuit()))
                .isNotEmpty();
    }
}
