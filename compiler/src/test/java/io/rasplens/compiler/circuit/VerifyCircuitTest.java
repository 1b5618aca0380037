package io.rasplens.compiler.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Everything that a circuit may not do, one by one. */
class VerifyCircuitTest {
    private static final HeadKind MEAN = new HeadKind.Mean(50, HeadKind.Keys.ONE);
    private static final HeadKind SUM = new HeadKind.Sum(50, 1, 50, 50);
    private final HandMade made = new HandMade();
    private final LinearForm number = LinearForm.of(made.number);
    private final LinearForm out = LinearForm.of(made.out);
    private final Direction late = Direction.number(made.features.named("late"));
    private final LinearForm one = LinearForm.constant(1);

    /** BOS sees itself so much more than others. */
    private static ScoreTerm pin(double score) {
        return new ScoreTerm(LinearForm.of(Direction.BOS, score), LinearForm.of(Direction.BOS));
    }

    private static List<String> problems(HandMade made) {
        return VerifyCircuit.problems(made.circuit());
    }

    @Test
    void whatIsReadHasToBeWritten() {
        LinearForm nowhere = LinearForm.of(late);
        String said = " reads late, which is not written yet";
        Head query = HandMade.head(MEAN, List.of(new ScoreTerm(nowhere, one)), new ValueTerm(number, out));
        Head key = HandMade.head(MEAN, List.of(new ScoreTerm(one, nowhere)), new ValueTerm(number, out));
        Head value = HandMade.head(MEAN, List.of(), new ValueTerm(nowhere, out));

        for (Head head : List.of(query, key, value)) {
            assertThat(problems(new HandMade().attend(head))).containsExactly("block 0, head for part" + said);
        }
        assertThat(problems(new HandMade().think(HandMade.units(HandMade.unit(nowhere, out)))))
                .containsExactly("block 0, units for part" + said);
        assertThat(problems(new HandMade().answer(nowhere))).containsExactly("logits" + said);
    }

    /** Heads side by side do not see what the others write; units behind them do. */
    @Test
    void blocksReadWhatStandsBeforeThem() {
        Head writing = HandMade.head(MEAN, List.of(pin(1000)), new ValueTerm(number, out));
        Head reading = HandMade.head(MEAN, List.of(pin(1000)), new ValueTerm(out, LinearForm.of(late)));
        assertThat(problems(new HandMade().attend(writing, reading)))
                .containsExactly("block 0, head for part reads out, which is not written yet");
        assertThat(problems(new HandMade().attend(writing).attend(reading))).isEmpty();
        UnitGroup first = HandMade.units(HandMade.unit(number, out));
        UnitGroup second = HandMade.units(HandMade.unit(out, LinearForm.of(late)));
        assertThat(problems(new HandMade().think(first, second)))
                .containsExactly("block 0, units for part reads out, which is not written yet");
        assertThat(problems(new HandMade().attend(writing).think(second))).isEmpty();
    }

    /** Each readout at its stage, and no later. */
    @Test
    void readoutsReadWhatStandsAtTheirStage() {
        Head head = HandMade.head(MEAN, List.of(pin(1000)), new ValueTerm(number, out));
        UnitGroup units = HandMade.units(HandMade.unit(number, LinearForm.of(late)));
        Circuit circuit = new HandMade().attend(head).think(units).circuit();
        // Attention writes at 1, the second block's units at 4.
        for (int stage = 0; stage <= 4; stage++) {
            assertThat(VerifyCircuit.problems(reading(circuit, stage, out)).isEmpty())
                    .isEqualTo(stage >= 1);
            assertThat(VerifyCircuit.problems(reading(circuit, stage, LinearForm.of(late)))
                            .isEmpty())
                    .isEqualTo(stage >= 4);
        }
        assertThat(VerifyCircuit.problems(reading(circuit, 0, out)))
                .containsExactly("readout of x reads out, which is not written yet");
    }

    private static Circuit reading(Circuit circuit, int stage, LinearForm form) {
        return new Circuit(
                circuit.tokens(),
                circuit.positions(),
                circuit.blocks(),
                circuit.logits(),
                circuit.decoder(),
                ImmutableList.of(new Circuit.Readout("x", new Stage(stage), ImmutableList.of(form), circuit.decoder())),
                false);
    }

    @Test
    void nobodyWritesBos() {
        LinearForm bos = LinearForm.of(Direction.BOS);
        Head head = HandMade.head(MEAN, List.of(pin(1000)), new ValueTerm(number, bos));
        assertThat(problems(new HandMade().attend(head).answer(one)))
                .containsExactly("block 0, head for part writes bos");
        assertThat(problems(new HandMade()
                        .think(HandMade.units(HandMade.unit(number, bos)))
                        .answer(one)))
                .containsExactly("block 0, units for part writes bos");
        Circuit good = new HandMade().answer(one).circuit();
        var token = new Circuit(
                ImmutableMap.of(Value.of("a"), bos),
                ImmutableList.of(bos.plus(one)),
                good.blocks(),
                good.logits(),
                good.decoder(),
                good.readouts(),
                false);
        assertThat(VerifyCircuit.problems(token)).containsExactly("token 'a' writes bos", "position writes bos");
    }

    @Test
    void nothingIsOnAtBos() {
        LinearForm bos = LinearForm.of(Direction.BOS);
        Head value = HandMade.head(MEAN, List.of(pin(1000)), new ValueTerm(bos, out));
        assertThat(problems(new HandMade().attend(value)))
                .containsExactly("block 0, head for part reads bos as a value: what it writes is not 0 where nothing is"
                        + " selected");
        assertThat(problems(new HandMade()
                        .think(HandMade.units(HandMade.unit(bos.times(0.5).plus(one), out)))))
                .containsExactly("block 0, units for part are on at BOS");
        assertThat(problems(new HandMade()
                        .think(HandMade.units(HandMade.unit(bos.times(-0.5).plus(one), out)))))
                .isEmpty();
    }

    /** Names tell directions apart in a file, and ids everywhere else. */
    @Test
    void featuresHaveOneNameAndOneId() {
        Direction alike = Direction.number(new Feature(77, "number", Optional.empty()));
        Head writing = HandMade.head(MEAN, List.of(pin(1000)), new ValueTerm(number, LinearForm.of(alike)));
        Direction digit = Direction.oneHot(made.out.feature(), Value.of(1));

        assertThat(problems(new HandMade().attend(writing).answer(one)))
                .containsExactly("two features are called number");
        assertThat(problems(new HandMade()
                        .think(HandMade.units(HandMade.unit(number, LinearForm.of(digit))))
                        .answer(one)))
                .isEmpty();
        Direction other = Direction.oneHot(new Feature(made.out.feature().id(), "late", Optional.empty()), Value.of(2));
        assertThat(problems(new HandMade()
                        .think(HandMade.units(
                                HandMade.unit(number, LinearForm.of(digit).plus(LinearForm.of(other)))))
                        .answer(one)))
                .containsExactly("one feature is called late and out");
    }

    /** As much as e^-64 may be left for others; e^-750, which is 0, where it is taken times e^50. */
    @Test
    void bosKeepsToItself() {
        for (HeadKind kind : List.of(MEAN, SUM)) {
            double pin = kind == SUM ? 750 : 64;
            Head kept = HandMade.head(kind, List.of(pin(pin)), new ValueTerm(number, out));
            Head open = HandMade.head(kind, List.of(pin(pin - 1)), new ValueTerm(number, out));
            Head keys = HandMade.head(kind, List.of(pin(1000), new ScoreTerm(one, out)), new ValueTerm(number, out));
            Head queries = HandMade.head(kind, List.of(pin(1000), new ScoreTerm(out, one)), new ValueTerm(number, out));
            Head values = HandMade.head(kind, List.of(pin(1000)), new ValueTerm(out, LinearForm.of(late)));
            UnitGroup units = HandMade.units(HandMade.unit(out, LinearForm.of(late)));
            Head behind = HandMade.head(kind, List.of(pin(1000)), new ValueTerm(LinearForm.of(late), out));

            for (Head reader : List.of(keys, queries, values)) {
                assertThat(problems(new HandMade().attend(kept).attend(reader))).isEmpty();
            }
            assertThat(problems(new HandMade().attend(open).attend(keys)))
                    .containsExactly("block 1, head for part has keys that read what depends on the input at BOS: out");
            assertThat(problems(new HandMade().attend(open).attend(values)))
                    .containsExactly(
                            "block 1, head for part has values that read what depends on the input at BOS: out");
            // A query may; then BOS may look at anything, and what it sees there is no one's to read.
            assertThat(problems(new HandMade().attend(open).attend(queries))).isEmpty();
            assertThat(problems(new HandMade().attend(open).attend(queries).attend(keys)))
                    .containsExactly("block 2, head for part has keys that read what depends on the input at BOS: out");
            assertThat(problems(new HandMade().attend(open).think(units).attend(behind)))
                    .containsExactly(
                            "block 2, head for part has values that read what depends on the input at BOS: late");
            assertThat(problems(new HandMade().attend(kept).think(units).attend(behind)))
                    .isEmpty();
            assertThat(problems(new HandMade().attend(open).attend(values).causal()))
                    .isEmpty();
        }
    }

    /** What a query reads there keeps a pinned head from being one. */
    @Test
    void aQueryThatIsDirtyOpensItsHead() {
        LinearForm other = LinearForm.of(late);
        Head open = HandMade.head(MEAN, List.of(), new ValueTerm(number, out));
        Head asking = HandMade.head(MEAN, List.of(pin(1000), new ScoreTerm(out, one)), new ValueTerm(number, other));
        Head reading = HandMade.head(MEAN, List.of(pin(1000)), new ValueTerm(other, number));

        assertThat(problems(new HandMade().attend(open).attend(asking).attend(reading)))
                .containsExactly("block 2, head for part has values that read what depends on the input at BOS: late");
    }
}
