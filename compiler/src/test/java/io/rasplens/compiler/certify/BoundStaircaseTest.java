package io.rasplens.compiler.certify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.Technique;
import io.rasplens.grammar.value.IntValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Steps that are bounded by nothing leave exactly 1, whatever digits the number has. */
class BoundStaircaseTest {
    private static final Features FEATURES = new Features();
    private static final Direction NUMBER = Direction.number(FEATURES.named("number"));
    private static final Direction OUT = Direction.number(FEATURES.named("out"));

    @Test
    void stepsOverNumbersOfManyDigitsAreExact() {
        var random = new Random(5);
        double[] points = fractions(12);
        for (int k = 1; k < points.length; k++) {
            UnitGroup group = step(points[k - 1], points[k], points[points.length - 1]);
            assertThat(error(group, points[points.length - 1])).isZero();
            for (int i = 0; i < 50; i++) {
                double x = points[k + random.nextInt(points.length - k)] + 1e-9 * random.nextDouble();
                assertThat(difference(group, x)).isEqualTo(1);
            }
        }
    }

    /** Constants above 0 meet numbers below 0, whose last digits they cut. */
    @Test
    void roundingOfStepsBelowZeroIsBounded() {
        var random = new Random(6);
        UnitGroup group = step(-8.3, -8.2, 40);
        double bound = error(group, 40);
        assertThat(bound).isBetween(1e-16, 1e-11);
        for (int i = 0; i < 1000; i++) {
            double x = -8.2 + 48 * random.nextDouble();
            assertThat(Math.abs(difference(group, x) - 1)).isLessThanOrEqualTo(bound);
        }
    }

    /** The distinct fractions of denominators up to n between 0 and 1, ascending: gaps of all sizes. */
    private static double[] fractions(int n) {
        var all = new TreeSet<Double>();
        for (int q = 1; q <= n; q++) {
            for (int p = 0; p <= q; p++) {
                all.add((double) p / q);
            }
        }
        return all.stream().mapToDouble(x -> x).toArray();
    }

    private static UnitGroup step(double left, double right, double high) {
        var step = new Step(left, right, LinearForm.of(OUT));
        return Steps.of(
                new Staircase(LinearForm.of(NUMBER), left, high, ImmutableList.of(step)),
                PartOrigin.shared("x", "step", Technique.STEPS));
    }

    private static double error(UnitGroup group, double high) {
        var stream = StreamBounds.embedded(blocks(), Roundoff.FLOAT64);
        stream.write(NUMBER, new Bound(-high, high, 1e-9, BinaryGrid.NONE), 0);
        Bound bound = BoundUnits.of(group, stream, Map.of()).written().get(OUT);
        assertThat(bound).isNotNull();
        return bound == null ? Double.NaN : bound.error();
    }

    private static Circuit blocks() {
        return new Circuit(
                ImmutableMap.of(IntValue.of(0), LinearForm.ZERO),
                ImmutableList.of(LinearForm.of(Direction.ONE)),
                ImmutableList.of(),
                ImmutableList.of(LinearForm.of(OUT)),
                new OutputDecoder.Numerical(ImmutableList.of()),
                ImmutableList.of(),
                false);
    }

    private static double difference(UnitGroup group, double x) {
        List<Double> outputs = new ArrayList<>();
        for (HiddenUnit unit : group.units()) {
            double product = unit.input().terms().getOrDefault(NUMBER, 0.0) * x;
            outputs.add(Math.max(0, product + unit.input().terms().getOrDefault(Direction.ONE, 0.0)));
        }
        return outputs.get(0) - outputs.get(1);
    }
}
