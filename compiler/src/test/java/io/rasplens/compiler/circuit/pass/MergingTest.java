package io.rasplens.compiler.circuit.pass;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.DirectionMeaning;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.Glossary;
import io.rasplens.compiler.circuit.HandMade;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.compiler.model.part.SopFunction;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Directions and steps that are one. */
class MergingTest {
    private static final HeadKind MEAN = new HeadKind.Mean(50, HeadKind.Keys.ONE);
    private final HandMade made = new HandMade();
    private final LinearForm a = LinearForm.of(made.tokens.get(0));
    private final LinearForm b = LinearForm.of(made.tokens.get(1));
    private final LinearForm c = LinearForm.of(made.tokens.get(2));
    private final LinearForm number = LinearForm.of(made.number);
    private final LinearForm index = LinearForm.of(made.index);
    private final LinearForm out = LinearForm.of(made.out);

    /** a and b are read alike wherever they are read: what wrote b writes a, and who read both reads a. */
    @Test
    void valuesThatNobodyTellsApartAreOne() {
        LinearForm both = a.times(2).plus(b.times(2));
        Head head = HandMade.head(MEAN, List.of(new ScoreTerm(both, c)), new ValueTerm(both.plus(c), out));
        UnitGroup units = HandMade.units(HandMade.unit(both, b.plus(c)));
        Circuit merged = MergeTwins.merge(
                made.attend(head).think(units).answer(both.plus(out)).circuit());

        assertThat(merged.blocks().get(0).heads())
                .containsExactly(HandMade.head(
                        MEAN,
                        List.of(new ScoreTerm(a.times(2), c)),
                        new ValueTerm(a.times(2).plus(c), out)));
        assertThat(merged.blocks().get(1).units()).containsExactly(HandMade.unit(a.times(2), a.plus(c)));
        assertThat(merged.logits()).containsExactly(a.times(2).plus(out));
        assertThat(merged.tokens().get(Value.of("b"))).isEqualTo(a.plus(number.times(-3)));
        assertThat(merged.tokens().get(Value.of("c"))).isEqualTo(c.plus(number.times(5)));
    }

    /** One reader of any kind that tells them apart is enough: another coefficient, or none. */
    @Test
    void oneReaderIsEnoughToTellValuesApart() {
        LinearForm both = a.plus(b);
        List<LinearForm> telling = List.of(a.plus(b.times(2)), b);
        for (LinearForm form : telling) {
            Head query = HandMade.head(MEAN, List.of(new ScoreTerm(form, c)), new ValueTerm(both, out));
            Head key = HandMade.head(MEAN, List.of(new ScoreTerm(c, form)), new ValueTerm(both, out));
            Head value = HandMade.head(MEAN, List.of(new ScoreTerm(both, c)), new ValueTerm(form, out));
            for (Head head : List.of(query, key, value)) {
                assertUnchanged(new HandMade().attend(head).circuit());
            }
            assertUnchanged(new HandMade()
                    .think(HandMade.units(HandMade.unit(form, out)))
                    .answer(both)
                    .circuit());
            assertUnchanged(HandMade.withLogits(new HandMade().circuit(), both, form));
            Circuit circuit = new HandMade().answer(both).circuit();
            assertUnchanged(new Circuit(
                    circuit.tokens(),
                    circuit.positions(),
                    circuit.blocks(),
                    circuit.logits(),
                    circuit.decoder(),
                    ImmutableList.of(new Circuit.Readout("x", new Stage(0), ImmutableList.of(form), circuit.decoder())),
                    false));
        }
    }

    private static void assertUnchanged(Circuit circuit) {
        assertThat(MergeTwins.merge(circuit)).isSameAs(circuit);
    }

    @Test
    void numbersAndOtherFeaturesAreNoTwins() {
        Feature other = made.features.named("other");
        LinearForm stranger = LinearForm.of(Direction.oneHot(other, Value.of("a")));
        assertUnchanged(made.answer(a.plus(stranger).plus(number).plus(index)).circuit());
    }

    /** Readouts, positions: everything that stands in the stream. */
    @Test
    void readoutsAreRewrittenToo() {
        Circuit circuit = made.answer(a.plus(b)).circuit();
        var readout = new Circuit.Readout(
                "x", new Stage(3), ImmutableList.of(a.plus(b).plus(c)), circuit.decoder());
        var reading = new Circuit(
                circuit.tokens(),
                ImmutableList.of(b.plus(index)),
                circuit.blocks(),
                circuit.logits(),
                circuit.decoder(),
                ImmutableList.of(readout),
                true);

        Circuit merged = MergeTwins.merge(reading);

        assertThat(merged.readouts())
                .containsExactly(
                        new Circuit.Readout("x", new Stage(3), ImmutableList.of(a.plus(c)), circuit.decoder()));
        assertThat(merged.positions()).containsExactly(a.plus(index));
        assertThat(merged.causal()).isTrue();
    }

    /** What stays holds what both held: an indicator of both values, or a part of both s-ops. */
    @Test
    void whatStaysMeansWhatBothMeant() {
        Direction first = made.tokens.get(0);
        Direction second = made.tokens.get(1);
        Circuit circuit = made.answer(a.plus(b)).circuit();
        var readable = new Circuit.Readout("y", new Stage(0), ImmutableList.of(c), circuit.decoder());
        var functions = ImmutableMap.<String, SopFunction>of();
        var ofA = new DirectionMeaning.Alone("tokens", indicator("a", 1));
        var ofB = new DirectionMeaning.Alone("tokens", indicator("b", 1));
        var ofC = new DirectionMeaning.Alone("tokens", indicator("c", 1));
        var both = new DirectionMeaning.Alone("tokens", indicator("ab", 2));

        assertThat(meanings(circuit, Map.of(first, ofA, second, ofB, made.tokens.get(2), ofC), readable))
                .isEqualTo(new Glossary(
                        ImmutableMap.of(first, both, made.tokens.get(2), ofC), functions, ImmutableList.of(readable)));
        assertThat(meanings(circuit, Map.of(second, ofB), readable).meanings()).isEqualTo(Map.of(first, ofB));
        assertThat(meanings(circuit, Map.of(first, ofA), readable).meanings()).isEqualTo(Map.of(first, ofA));
    }

    private static Holds.Indicator indicator(String letters, double offset) {
        return new Holds.Indicator("tokens", ImmutableList.copyOf(HandMade.input(letters)), 3, offset);
    }

    private static Glossary meanings(
            Circuit circuit, Map<Direction, DirectionMeaning> meanings, Circuit.Readout readable) {
        return MergeTwins.merge(new Circuit(
                        circuit.tokens(),
                        circuit.positions(),
                        circuit.blocks(),
                        circuit.logits(),
                        circuit.decoder(),
                        circuit.readouts(),
                        false,
                        new Glossary(ImmutableMap.copyOf(meanings), ImmutableMap.of(), ImmutableList.of(readable))))
                .glossary();
    }

    private static Construction.Step step(double left, LinearForm change) {
        return new Construction.Step(left, left + 1, change);
    }

    private UnitGroup steps(String sop, LinearForm input, double high, Construction.Step... steps) {
        return Steps.of(
                new Construction.Staircase(input, 0, high, ImmutableList.copyOf(steps)),
                PartOrigin.shared(sop, "steps"));
    }

    /** The same step of the same number is taken once, and writes what both wrote; all in order. */
    @Test
    void stepsAtOnePlaceAreOne() {
        UnitGroup first = steps("x", number, 9, step(2, out), step(6, out));
        UnitGroup second = steps("y", number, 9, step(0, index), step(2, index.times(5)), step(7, index));

        Circuit merged = MergeSteps.merge(made.think(first, second).circuit());

        assertThat(merged.blocks().get(0).groups()).hasSize(1);
        UnitGroup group = merged.blocks().get(0).groups().get(0);
        assertThat(group.construction())
                .isEqualTo(new Construction.Staircase(
                        number,
                        0,
                        9,
                        ImmutableList.of(
                                step(0, index), step(2, out.plus(index.times(5))), step(6, out), step(7, index))));
        assertThat(group.units()).hasSize(8);
        assertThat(group.units().get(2).output()).isEqualTo(out.plus(index.times(5)));
        assertThat(group.units().get(3).output())
                .isEqualTo(out.plus(index.times(5)).times(-1));
        assertThat(group.units().get(2).input()).isEqualTo(first.units().get(0).input());
        assertThat(group.units().get(3).input()).isEqualTo(first.units().get(1).input());
        assertThat(group.units().get(2).origin().sop()).contains("x").contains("y");
        assertThat(group.units().get(0).origin().sop()).isEqualTo("y");
        assertThat(group.origin().sop()).contains("x").contains("y");
        for (String letters : List.of("abc", "ccb")) {
            HandMade plain = new HandMade().think(first, second);
            HandMade once = new HandMade().think(group);
            assertThat(once.read(letters, out)).containsExactly(plain.read(letters, out));
            assertThat(once.read(letters, index)).containsExactly(plain.read(letters, index));
        }
    }

    /** Of other numbers, or other ranges, they stay; what is no staircase too. */
    @Test
    void otherStepsStayApart() {
        UnitGroup first = steps("x", number, 9, step(2, out));
        UnitGroup input = steps("y", index, 9, step(2, out));
        UnitGroup high = steps("z", number, 8, step(2, out));
        UnitGroup plain = HandMade.units(HandMade.unit(number, out));
        Circuit circuit = made.think(first, plain, input, plain, high).circuit();

        assertThat(MergeSteps.merge(circuit)).isEqualTo(circuit);
    }
}
