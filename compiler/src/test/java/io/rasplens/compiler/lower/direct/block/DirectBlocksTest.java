package io.rasplens.compiler.lower.direct.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.HandMade;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a block of the direct layout is made of: {@link DirectSteps}, {@link Combinations} and {@link LayerAllocation}. */
class DirectBlocksTest {
    private final Features features = new Features();
    private final Direction number = Direction.number(features.named("x"));
    private final Direction out = Direction.number(features.named("y"));

    /** What the units write to {@code y} where the directions are so. */
    private double written(List<UnitGroup> groups, Map<Direction, Double> at) {
        double sum = 0;
        for (UnitGroup group : groups) {
            for (HiddenUnit unit : group.units()) {
                double input = unit.input().constant();
                for (Map.Entry<Direction, Double> term : unit.input().terms().entrySet()) {
                    input += term.getKey().equals(Direction.ONE)
                            ? 0
                            : term.getValue() * at.getOrDefault(term.getKey(), 0.0);
                }
                sum += Math.max(0, input) * unit.output().terms().getOrDefault(out, 0.0);
            }
        }
        return sum;
    }

    /** Points whose gaps are least at the lower end, at the upper end, and the same. */
    private static final double[][] POINTS = {
        {1 / 6.0, 1 / 5.0, 1 / 4.0, 1 / 3.0, 1 / 2.0}, {-1 / 2.0, -1 / 3.0, -1 / 4.0, -1 / 5.0}, {0, 1, 2, 3}
    };

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void eachPointHasItsOutputWithinAQuarterOfTheGap(int which) {
        double[] points = POINTS[which];
        double[] values = {3, -1, 4, 1.5, -9};
        List<LinearForm> outputs = java.util.stream.IntStream.range(0, points.length)
                .mapToObj(i -> LinearForm.of(out, values[i]))
                .toList();
        UnitGroup group = DirectSteps.units(HandMade.ORIGIN, LinearForm.of(number), points, outputs);

        assertThat(group.units()).hasSize(2 * points.length);
        for (int i = 0; i < points.length; i++) {
            double gap = Math.min(
                    i == 0 ? 1 : points[i] - points[i - 1], i + 1 == points.length ? 1 : points[i + 1] - points[i]);
            for (double error : new double[] {0, 0.24 * gap, -0.24 * gap}) {
                assertThat(written(List.of(group), Map.of(number, points[i] + error)))
                        .as("point " + points[i] + " off by " + error)
                        .isCloseTo(values[i], within(1e-9));
            }
        }
    }

    /** Of 1/(1 + w) the steep steps are those between many keys: they stay off where there are few. */
    @Test
    void stepsAreSummedFromTheEndThatLeavesSteepOnesOff() {
        double[] points = POINTS[0];
        List<LinearForm> outputs = java.util.Collections.nCopies(points.length, LinearForm.of(out));
        UnitGroup group = DirectSteps.units(HandMade.ORIGIN, LinearForm.of(number), points, outputs);

        assertThat(group.units()).allMatch(unit -> unit.input().terms().getOrDefault(number, 0.0) < 0);
        UnitGroup mirrored =
                DirectSteps.units(HandMade.ORIGIN, LinearForm.of(number), POINTS[1], outputs.subList(0, 4));
        assertThat(mirrored.units()).allMatch(unit -> unit.input().terms().getOrDefault(number, 0.0) > 0);
    }

    private Encoded.Category category(String name, double noise, int depth) {
        Feature feature = features.named(name);
        SOp sop = new Graph().indices();
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        for (int v = 0; v < 3; v++) {
            forms.put(Value.of(v), LinearForm.of(Direction.oneHot(feature, Value.of(v))));
        }
        return new Encoded.Category(sop, forms.buildOrThrow(), depth, noise);
    }

    private static Map<Direction, Double> at(Encoded.Category a, int left, Encoded.Category b, int right) {
        return Map.of(direction(a, left), 1.0, direction(b, right), 1.0);
    }

    private static Direction direction(Encoded.Category category, int value) {
        return Objects.requireNonNull(category.forms().get(Value.of(value)))
                .terms()
                .keySet()
                .iterator()
                .next();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-9})
    void aCombinationIsSeenWhereAllItsValuesAre(double noise) {
        Encoded.Category a = category("a", noise, 1);
        Encoded.Category b = category("b", 0, 3);
        var combinations = new Combinations(List.of(a, b));
        for (int left = 0; left < 3; left++) {
            for (int right = 0; right < 3; right++) {
                combinations.add(
                        List.of(Value.of(left), Value.of(right)),
                        LinearForm.of(out, 10 * left + right + 1),
                        HandMade.ORIGIN);
            }
        }
        DirectBlock block = combinations.block(HandMade.ORIGIN);

        assertThat(combinations.depth()).isEqualTo(4);
        assertThat(block.depth()).isEqualTo(4);
        assertThat(block.groups().stream()
                        .mapToInt(group -> group.units().size())
                        .sum())
                .isEqualTo(noise == 0 ? 9 : 18);
        for (int left = 0; left < 3; left++) {
            for (int right = 0; right < 3; right++) {
                assertThat(written(block.groups(), at(a, left, b, right)))
                        .isCloseTo(10 * left + right + 1, within(1e-12));
            }
        }
    }

    /** One unit passes on what its one-hots are off by; two put an end to it. */
    @Test
    void noiseThatWouldAddUpIsStopped() {
        Encoded.Category clean = category("clean", 1e-13, 0);
        Encoded.Category noisy = category("noisy", 1e-9, 0);

        assertThat(new Combinations(List.of(clean, clean)).noise()).isEqualTo(4e-13);
        assertThat(new Combinations(List.of(clean, noisy)).noise()).isLessThan(1e-14);
        var stopping = new Combinations(List.of(noisy, noisy));
        stopping.add(List.of(Value.of(1), Value.of(2)), LinearForm.of(out), HandMade.ORIGIN);
        Map<Direction, Double> off = Map.of(direction(noisy, 1), 1 + 1e-3, direction(noisy, 2), 1 - 2e-3);
        assertThat(written(stopping.block(HandMade.ORIGIN).groups(), off)).isCloseTo(1, within(1e-12));
    }

    private DirectBlock attention(int depth) {
        var head = new Head(
                ImmutableList.of(), ImmutableList.of(), new HeadKind.Mean(1, HeadKind.Keys.ANY), HandMade.ORIGIN);
        return new DirectBlock(depth, Optional.of(new DirectHead(head, 1)), ImmutableList.of());
    }

    private DirectBlock mlp(int depth) {
        var group = new UnitGroup(
                new Construction.Cases(),
                ImmutableList.of(new HiddenUnit(LinearForm.of(number), LinearForm.of(out), HandMade.ORIGIN)),
                HandMade.ORIGIN);
        return new DirectBlock(depth, Optional.empty(), ImmutableList.of(group));
    }

    @Test
    void headsAndTheHiddenUnitsBehindThemShareALayer() {
        LayerAllocation shared = LayerAllocation.of(List.of(attention(1), attention(1), mlp(2), mlp(3), attention(4)));

        assertThat(shared.layers()).hasSize(3);
        assertThat(shared.layers().get(0).heads()).hasSize(2);
        assertThat(shared.layers().get(0).groups()).hasSize(1);
        assertThat(shared.stage(0)).isEqualTo(Stage.EMBEDDING);
        assertThat(shared.stage(1)).isEqualTo(Stage.afterAttention(0));
        assertThat(shared.stage(2)).isEqualTo(Stage.afterMlp(0));
        assertThat(shared.stage(3)).isEqualTo(Stage.afterMlp(1));
        assertThat(shared.stage(4)).isEqualTo(Stage.afterAttention(2));
    }

    @Test
    void aDepthOfBothHasALayerOfItsOwn() {
        LayerAllocation mixed = LayerAllocation.of(List.of(attention(1), mlp(1), mlp(2), attention(3), attention(4)));

        assertThat(mixed.layers()).hasSize(4);
        assertThat(mixed.stage(1)).isEqualTo(Stage.afterMlp(0));
        assertThat(mixed.stage(2)).isEqualTo(Stage.afterMlp(1));
    }

    @Test
    void aModelHasALayer() {
        assertThat(LayerAllocation.of(List.of()).layers()).hasSize(1);
    }
}
