package io.rasplens.compiler.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.Technique;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
        assertThat(head(new HeadKind.Part(7)).queryFactor(scale)).isEqualTo(scale);
        assertThat(head(new HeadKind.Mean(7, HeadKind.Keys.ONE)).queryFactor(scale))
                .isEqualTo(ScoreScale.before(scale));
        assertThat(head(new HeadKind.Part(7)).valueFactor(scale)).isEqualTo(1);
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
        assertThat(head(new HeadKind.Part(7)).weights()).isEqualTo(2 + 1 + 1 + 3);
        LinearForm two = LinearForm.of(a).plus(LinearForm.of(x));
        assertThat(HandMade.units(HandMade.unit(two, LinearForm.of(b)), HandMade.unit(two, two))
                        .weights())
                .isEqualTo(2 + 1 + 2 + 2);
    }

    /** What is read and what is written are rewritten apart. */
    @Test
    void formsOfHeadsAreRewritten() {
        Head mapped = head(new HeadKind.Part(7)).map(form -> form.times(2), form -> form.times(3));

        LinearForm query = LinearForm.of(a, 2).plus(LinearForm.of(b, 2));
        assertThat(mapped.terms()).containsExactly(new ScoreTerm(query, LinearForm.of(x, 2)));
        assertThat(mapped.values()).hasSize(1);
        assertThat(mapped.values().get(0).value()).isEqualTo(LinearForm.of(b, 2));
        assertThat(mapped.values().get(0).output().terms()).containsEntry(x, 3.0);
        assertThat(mapped.kind()).isEqualTo(new HeadKind.Part(7));
        assertThat(mapped.origin()).isEqualTo(HandMade.ORIGIN);
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
