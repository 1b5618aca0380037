package io.rasplens.compiler.certify;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
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

    /**
     * Steps at numbers below 0 read the opposite, and are as exact as those above: a function of numbers of both signs that leads up and down
     * from 0, each of its units in turn.
     */
    @Test
    void stepsThatLeadDownFromZeroAreExact() {
        double[] points = {-8.3, -3.2, -0.7, 0, 0.9, 2.4, 7.1};
        int zero = 3;
        var all = ImmutableDoubleArray.copyOf(points);
        Staircase staircase = Steps.fromZero(
                LinearForm.of(NUMBER),
                points[0],
                points[points.length - 1],
                all.subArray(0, points.length - 1),
                all.subArray(1, points.length),
                k -> LinearForm.of(OUT, k % 2));
        UnitGroup group = Steps.of(staircase, PartOrigin.shared("x", "step", Technique.STEPS));

        assertThat(staircase.below()).isEqualTo(zero);
        assertThat(staircase.steps().stream().map(Step::left)).containsExactly(-0.7, -3.2, -8.3, 0.0, 0.9, 2.4);
        assertThat(error(group, 8.3)).isZero();
        assertThat(sum(group, 0, 0)).isZero();
        for (int k = 0; k < points.length; k++) {
            assertThat(sum(group, points[k] + 1e-9, 1)).isEqualTo(k % 2 - zero % 2);
            assertThat(sum(group, points[k] - 1e-9, 1)).isEqualTo(k % 2 - zero % 2);
        }
    }

    /** Of a constant that is added to a number, only the number has digits to lose. */
    @Test
    void zeroIsThatOfTheNumberWithoutItsConstant() {
        var ends = ImmutableDoubleArray.of(4, 5, 6, 7);

        assertThat(Steps.below(
                        LinearForm.of(NUMBER).plus(LinearForm.constant(6)), ends.subArray(0, 3), ends.subArray(1, 4)))
                .isEqualTo(2);
        assertThat(Steps.below(LinearForm.of(NUMBER), ends.subArray(0, 3), ends.subArray(1, 4)))
                .isZero();
    }

    /** What the group writes, with the constant 1 as it is at other positions than BOS, or 0 there. */
    private static double sum(UnitGroup group, double x, double one) {
        double sum = 0;
        for (HiddenUnit unit : group.units()) {
            double read = unit.input().terms().getOrDefault(NUMBER, 0.0) * x
                    + unit.input().constant() * one;
            sum += Math.max(0, read) * unit.output().terms().getOrDefault(OUT, 0.0);
        }
        return sum;
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
