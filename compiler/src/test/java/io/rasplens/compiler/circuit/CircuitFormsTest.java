package io.rasplens.compiler.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.FeatureForm;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.compiler.model.part.SelectedKeys;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The forms that circuits are made of. */
class CircuitFormsTest {
    private final Features features = new Features();
    private final Feature feature = features.named("tokens");
    private final Direction a = Direction.oneHot(feature, Value.of("a"));
    private final Direction b = Direction.oneHot(feature, Value.of("b"));
    private final Direction x = Direction.number(features.named("x"));

    @Test
    void formsAddUpAndDropWhatCancels() {
        LinearForm form = LinearForm.of(a, 2).plus(LinearForm.of(b)).plus(LinearForm.constant(3));

        assertThat(form.terms()).isEqualTo(Map.of(a, 2.0, b, 1.0, Direction.ONE, 3.0));
        assertThat(form.constant()).isEqualTo(3);
        assertThat(LinearForm.of(a).constant()).isZero();
        assertThat(form.minus(LinearForm.of(a, 2)).terms()).doesNotContainKey(a);
        assertThat(form.times(-2).terms()).isEqualTo(Map.of(a, -4.0, b, -2.0, Direction.ONE, -6.0));
        assertThat(form.times(0).isZero()).isTrue();
        assertThat(form.isZero()).isFalse();
        assertThat(form.plus(LinearForm.ZERO)).isSameAs(form);
        assertThat(LinearForm.sum(List.of(form, form.times(-1)))).isEqualTo(LinearForm.ZERO);
        assertThat(LinearForm.sum(List.of(form, form))).isEqualTo(form.times(2));
        assertThat(LinearForm.of(a, 0)).isEqualTo(LinearForm.ZERO);
        assertThat(form).hasToString("2.0·tokens='a' + tokens='b' + 3.0·one");
        assertThat(LinearForm.ZERO).hasToString("0");
    }

    /** Constants last; else by name and number, and numbers before one-hots. */
    @Test
    void directionsHaveAnOrder() {
        Feature early = features.named("early");
        Feature again = features.named("early");
        List<Direction> ordered = List.of(
                Direction.number(early),
                Direction.oneHot(early, Value.of(1)),
                Direction.oneHot(early, Value.of(2)),
                Direction.number(again),
                a,
                b,
                x,
                Direction.BOS,
                Direction.ONE);

        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                assertThat(Integer.signum(ordered.get(i).compareTo(ordered.get(j))))
                        .as("%s and %s", ordered.get(i), ordered.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
        assertThat(x).hasToString("x");
        assertThat(a).hasToString("tokens='a'");
    }

    @Test
    void featuresAreOneWhereTheirIdsAre() {
        assertThat(new Feature(7, "x", Optional.empty())).isEqualTo(new Feature(7, "y", Optional.empty()));
        assertThat(new Feature(7, "x", Optional.empty())).isNotEqualTo(new Feature(8, "x", Optional.empty()));
        assertThat(new Feature(7, "x", Optional.empty())).hasSameHashCodeAs(new Feature(7, "y", Optional.empty()));
        assertThat(new Feature(7, "x", Optional.empty()).hashCode()).isEqualTo(7);
        assertThat(new Feature(7, "x", Optional.empty()).compareTo(new Feature(7, "y", Optional.empty())))
                .isZero();
        assertThat((Object) feature).isNotEqualTo("tokens");
        // One name and two ids: by the id. An id that is none of ours behind no constant.
        assertThat(new Feature(8, "x", Optional.empty())).isGreaterThan(new Feature(7, "x", Optional.empty()));
        assertThat(new Feature(7, "zzz", Optional.empty())).isLessThan(Feature.BOS);
        assertThat(Feature.ONE).isGreaterThan(new Feature(7, "zzz", Optional.empty()));
        assertThat(Feature.BOS).isLessThan(Feature.ONE);
    }

    @Test
    void namesAreToldApartByNumbers() {
        var fresh = new Features();
        assertThat(Stream.of("v", "v", "v", "v#2", "one", "bos")
                        .map(fresh::named)
                        .map(Feature::name))
                .containsExactly("v", "v#2", "v#3", "v#2#2", "one#2", "bos#2");
        assertThat(Stream.of("v", "w").map(fresh::named).map(Feature::id)).containsExactly(8, 9);
    }

    @Test
    void aNumberAndAOneHotOfOneNameSayWhichTheyAre() {
        var fresh = new Features();
        Optional<SourceRange> nowhere = Optional.empty();
        assertThat(Stream.of(
                                fresh.number("x", nowhere),
                                fresh.oneHot("x", nowhere),
                                fresh.oneHot("x", nowhere),
                                fresh.number("x", nowhere),
                                fresh.oneHot("y", nowhere),
                                fresh.number("y", nowhere),
                                fresh.oneHot("bos", nowhere))
                        .map(Feature::name))
                .containsExactly("x", "x (one-hot)", "x (one-hot)#2", "x#2", "y", "y (number)", "bos (one-hot)");
        assertThat(Stream.of("x", "x#12", "x (one-hot)", "x (one-hot)#2", "y (number)", "#2", "x#", "#")
                        .map(FeatureForm::plainName))
                .containsExactly("x", "x", "x", "x", "y", "", "x#", "#");
    }

    /** The factor makes up for what the scale rounds, to the last digit. */
    @Test
    void aSumsFactorIsTheInverseOfItsSoftmax() {
        var sum = new HeadKind.Sum(50, 3, 20, 50);
        double scale = Math.sqrt(3);
        double before = ScoreScale.before(scale);
        double selected = 20 * before + 20 * before + 20 * before;
        double weight = Math.exp(selected / scale - (20 * 3 + 50) * before / scale);

        assertThat(sum.factor(scale) * weight).isCloseTo(1, within(1e-13));
        Head head = head(sum);
        assertThat(head.valueFactor(scale)).isEqualTo(sum.factor(scale));
        assertThat(head.queryFactor(scale)).isEqualTo(before).isNotEqualTo(scale);
    }

    @Test
    void headsThatCountAreScaledExactly() {
        double scale = Math.sqrt(3);
        assertThat(head(new HeadKind.Count(7, 1, 0)).queryFactor(scale)).isEqualTo(scale);
        assertThat(head(new HeadKind.Part(7, 14)).queryFactor(scale)).isEqualTo(scale);
        assertThat(head(new HeadKind.Mean(7, HeadKind.Keys.ONE)).queryFactor(scale))
                .isEqualTo(ScoreScale.before(scale));
        assertThat(head(new HeadKind.Part(7, 14)).valueFactor(scale)).isEqualTo(1);
    }

    private Head head(HeadKind kind) {
        return HandMade.head(
                kind,
                List.of(new ScoreTerm(LinearForm.of(a).plus(LinearForm.of(b)), LinearForm.of(x))),
                new ValueTerm(
                        LinearForm.of(b),
                        LinearForm.of(a).plus(LinearForm.of(x)).plus(LinearForm.constant(1))));
    }

    @Test
    void weightsAreCounted() {
        assertThat(head(new HeadKind.Part(7, 14)).weights()).isEqualTo(2 + 1 + 1 + 3);
        LinearForm two = LinearForm.of(a).plus(LinearForm.of(x));
        assertThat(HandMade.units(HandMade.unit(two, LinearForm.of(b)), HandMade.unit(two, two))
                        .weights())
                .isEqualTo(2 + 1 + 2 + 2);
    }

    /** What is read and what is written are rewritten apart. */
    @Test
    void formsOfHeadsAreRewritten() {
        Head mapped = head(new HeadKind.Part(7, 14)).map(form -> form.times(2), form -> form.times(3));

        LinearForm query = LinearForm.of(a, 2).plus(LinearForm.of(b, 2));
        assertThat(mapped.terms()).containsExactly(new ScoreTerm(query, LinearForm.of(x, 2)));
        assertThat(mapped.values()).hasSize(1);
        assertThat(mapped.values().get(0).value()).isEqualTo(LinearForm.of(b, 2));
        assertThat(mapped.values().get(0).output().terms()).containsEntry(x, 3.0);
        assertThat(mapped.kind()).isEqualTo(new HeadKind.Part(7, 14));
        assertThat(mapped.origin()).isEqualTo(HandMade.ORIGIN);
    }

    /** Circuits may be long: whoever waits for one can end the work at each part. */
    @Test
    void rewritingEndsWhenItIsInterrupted() {
        UnaryOperator<LinearForm> same = form -> form;
        for (ThrowingCallable work : List.<ThrowingCallable>of(
                () -> head(new HeadKind.Part(7, 14)).map(same, same),
                () -> HandMade.units().map(same, same))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(work).isInstanceOf(Interrupted.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void formsOfUnitsAreRewritten() {
        UnaryOperator<LinearForm> twice = form -> form.times(2);
        UnaryOperator<LinearForm> withoutA = form -> form.terms().containsKey(a) ? LinearForm.ZERO : form.times(3);
        var unit = HandMade.unit(LinearForm.of(x), LinearForm.of(b));
        var dropped = HandMade.unit(LinearForm.of(x), LinearForm.of(a));
        var staircase = new Construction.Staircase(
                LinearForm.of(x),
                1,
                9,
                ImmutableList.of(
                        new Construction.Step(1, 2, LinearForm.of(a)), new Construction.Step(3, 4, LinearForm.of(b))));
        UnitGroup mapped =
                new UnitGroup(staircase, ImmutableList.of(dropped, unit), HandMade.ORIGIN).map(twice, withoutA);

        assertThat(mapped.units()).containsExactly(HandMade.unit(LinearForm.of(x, 2), LinearForm.of(b, 3)));
        assertThat(mapped.construction())
                .isEqualTo(new Construction.Staircase(
                        LinearForm.of(x, 2), 1, 9, ImmutableList.of(new Construction.Step(3, 4, LinearForm.of(b, 3)))));
        var line = new Construction.Polyline(
                LinearForm.of(x),
                ImmutableDoubleArray.of(0, 1),
                ImmutableDoubleArray.of(2, 3),
                LinearForm.of(b),
                1,
                0.5);
        assertThat(new UnitGroup(line, ImmutableList.of(), HandMade.ORIGIN)
                        .map(twice, withoutA)
                        .construction())
                .isEqualTo(new Construction.Polyline(
                        LinearForm.of(x, 2), line.xs(), line.ys(), LinearForm.of(b, 3), 1, 0.5));
        var signs = new Construction.BothSigns(LinearForm.of(x), LinearForm.of(b));
        assertThat(new UnitGroup(signs, ImmutableList.of(), HandMade.ORIGIN)
                        .map(twice, withoutA)
                        .construction())
                .isEqualTo(new Construction.BothSigns(LinearForm.of(x, 2), LinearForm.of(b, 3)));
        assertThat(HandMade.units(unit).map(twice, withoutA).construction()).isEqualTo(new Construction.Plain());
    }

    @Test
    void originsAreJoined() {
        PartOrigin first = PartOrigin.of(4, "x", "steps", Optional.empty(), Technique.STEPS);
        PartOrigin second = PartOrigin.shared("y", "ramps");

        PartOrigin both = first.and(second);
        assertThat(both.node()).isEqualTo(OptionalInt.of(4));
        assertThat(both.sop()).isEqualTo("x, y");
        assertThat(both.description()).isEqualTo("steps; ramps");
        assertThat(both.origin().technique()).contains(Technique.STEPS);
        assertThat(second.node()).isEmpty();
        assertThat(second.source()).isEmpty();
        assertThat(PartOrigin.of(5, "z", "copy", Optional.empty()).origin().technique())
                .isEmpty();
        assertThat(PartOrigin.shared("z", "copy", Technique.STEPS).origin().technique())
                .contains(Technique.STEPS);
        PartOrigin joined = PartOrigin.joined(List.of(first, second));
        assertThat(joined.node()).isEqualTo(OptionalInt.of(4));
        assertThat(joined.sop()).contains("x").contains("y");
    }

    /** Two indicators of one s-op are one of both their values; of anything else that is joined there is a part of both. */
    @Test
    void meaningsAreJoined() {
        var ofA = new DirectionMeaning.Alone("x", indicator("x", "a", 2, 1));
        var ofB = new DirectionMeaning.Alone("x", indicator("x", "b", 2, 3));
        assertThat(ofA.and(ofB)).isEqualTo(new DirectionMeaning.Alone("x", indicator("x", "ab", 2, 4)));
        assertThat(ofA.and(ofA)).isEqualTo(new DirectionMeaning.Alone("x", indicator("x", "a", 2, 2)));

        var part = new DirectionMeaning.Alone("x", new Holds.Helper("x", "a part of x and of y"));
        var beside = new DirectionMeaning.Beside("y", 1, LinearForm.of(x));
        assertThat(ofA.and(beside)).isEqualTo(part);
        assertThat(beside.and(ofA))
                .isEqualTo(new DirectionMeaning.Alone("y", new Holds.Helper("y", "a part of y and of x")));
        assertThat(ofA.and(new DirectionMeaning.Alone("y", new Holds.OfBos()))).isEqualTo(part);
        assertThat(new DirectionMeaning.Alone("x", new Holds.OfBos())
                        .and(new DirectionMeaning.Alone("y", indicator("x", "b", 2, 3))))
                .isEqualTo(part);
        assertThat(ofA.and(new DirectionMeaning.Alone("y", indicator("y", "b", 2, 3))))
                .isEqualTo(part);
        assertThat(ofA.and(new DirectionMeaning.Alone("y", indicator("x", "b", 4, 3))))
                .isEqualTo(part);
    }

    private static Holds.Indicator indicator(String sop, String letters, double scale, double offset) {
        return new Holds.Indicator(sop, ImmutableList.copyOf(HandMade.input(letters)), scale, offset);
    }

    /** Half a part below what a selected key scores; BOS stands half way in a mean, so that the gap is half a part. */
    @Test
    void selectedKeysAreToldByTheirScore() {
        var keys = new SelectedBy(Condition.everywhere(), 3, false, false, true);
        assertThat(keys.in(new HeadKind.Mean(7, HeadKind.Keys.ANY))).isEqualTo(new SelectedKeys.AtLeast(14 * 2.5));
        assertThat(keys.in(new HeadKind.Part(7, 14))).isEqualTo(new SelectedKeys.AtLeast(14 * 2.5));
        assertThat(keys.in(new HeadKind.Count(7, 1, 0))).isEqualTo(new SelectedKeys.AtLeast(7 * 2.5));
        assertThat(new SelectedBy(Condition.everywhere(), 3, true, false, true).in(new HeadKind.Part(7, 14)))
                .isEqualTo(new SelectedKeys.Greatest(7));
    }

    /** What is kept comes first; of the rest what has all its directions, and no s-op twice. */
    @Test
    void whatHasItsDirectionsCanBeRead() {
        var made = new HandMade();
        Circuit plain = made.answer(LinearForm.of(made.number)).circuit();
        Circuit.Readout kept = readout(plain, "kept", LinearForm.of(made.index));
        Circuit.Readout again = readout(plain, "kept", LinearForm.of(made.number));
        Circuit.Readout there = readout(plain, "there", LinearForm.of(made.number), LinearForm.of(made.index));
        Circuit.Readout missing = readout(plain, "missing", LinearForm.of(made.number), LinearForm.of(made.out));
        var circuit = new Circuit(
                plain.tokens(),
                plain.positions(),
                plain.blocks(),
                plain.logits(),
                plain.decoder(),
                ImmutableList.of(kept),
                false,
                new Glossary(ImmutableMap.of(), ImmutableMap.of(), ImmutableList.of(again, there, missing)));

        assertThat(circuit.allReadouts()).containsExactly(kept, there);
    }

    private static Circuit.Readout readout(Circuit circuit, String sop, LinearForm... forms) {
        return new Circuit.Readout(sop, new Stage(0), ImmutableList.copyOf(forms), circuit.decoder());
    }

    /** Queries, keys and readouts name directions that nothing else does. */
    @Test
    void directionsThatAreReadAloneAreTold() {
        var made = new HandMade();
        Direction query = Direction.number(made.features.named("query"));
        Direction key = Direction.number(made.features.named("key"));
        Direction read = Direction.number(made.features.named("read"));
        Head head = HandMade.head(
                new HeadKind.Part(1, 2),
                List.of(new ScoreTerm(LinearForm.of(query), LinearForm.of(key))),
                new ValueTerm(LinearForm.of(made.number), LinearForm.of(made.out)));
        Circuit circuit = made.attend(head).circuit();
        var reading = new Circuit(
                circuit.tokens(),
                circuit.positions(),
                circuit.blocks(),
                circuit.logits(),
                circuit.decoder(),
                ImmutableList.of(readout(circuit, "read", LinearForm.of(read))),
                false);

        assertThat(reading.directions()).contains(query, key, read);
    }

    @Test
    void circuitsTellTheirDirections() {
        var made = new HandMade();
        Direction only = Direction.number(made.features.named("only"));
        LinearForm form = LinearForm.of(only);
        Head head =
                HandMade.head(new HeadKind.Sum(1, 1, 1, 1), List.of(), new ValueTerm(form, LinearForm.of(made.out)));
        Circuit circuit = made.attend(head).circuit();

        assertThat(circuit.directions())
                .hasSize(3 + 2 + 1 + 1 + 2)
                .contains(only, made.out, Direction.BOS, Direction.ONE);
        assertThat(circuit.hasSums()).isTrue();
        assertThat(circuit.with(ImmutableList.of()).hasSums()).isFalse();
        assertThat(circuit.with(ImmutableList.of()).directions())
                .doesNotContain(only)
                .contains(made.out);
        UnitGroup group = HandMade.units(HandMade.unit(form, LinearForm.of(made.out)));
        assertThat(new HandMade().think(group).circuit().directions()).contains(only);
        assertThat(new HandMade().think(group, group).circuit().blocks().get(0).units())
                .hasSize(2);
    }
}
