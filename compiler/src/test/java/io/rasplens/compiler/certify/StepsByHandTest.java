package io.rasplens.compiler.certify;

import static io.rasplens.compiler.certify.ByHand.U;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.gadget.Steps;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Steps of gap 1 over numbers up to 8, in an arithmetic of ten digits: what they write, and how near they are to thresholds. */
class StepsByHandTest {
    private static final Offset<Double> EXACTLY = within(1e-12);
    private static final PartOrigin ORIGIN = PartOrigin.shared("x", "steps");
    private final Features features = new Features();
    private final Direction x = Direction.number(features.named("x"));
    private final Direction out = Direction.number(features.named("out"));
    private StreamBounds stream = ByHand.stream(U);

    private BoundUnits bound(Map<Direction, Before> others, double shift, double... leftsAndChanges) {
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        double low = Double.POSITIVE_INFINITY;
        for (int i = 0; i < leftsAndChanges.length; i += 2) {
            double left = leftsAndChanges[i];
            low = Math.min(low, left);
            steps.add(new Step(left, left + 1, LinearForm.of(out, leftsAndChanges[i + 1])));
        }
        var staircase = new Staircase(LinearForm.of(x).plus(LinearForm.constant(shift)), low, 8 + shift, steps.build());
        return BoundUnits.of(Steps.of(staircase, PartOrigin.shared("x", "steps")), stream, others);
    }

    private Bound written(Map<Direction, Before> others, double... leftsAndChanges) {
        return ByHand.at(bound(others, 0, leftsAndChanges).written(), out);
    }

    private void holds(Bound number) {
        stream = ByHand.stream(U);
        stream.write(x, number, 0);
    }

    /** Beside constants of few digits below 0 the two units differ by 1, whatever digits the number has. */
    @Test
    void oneStepIsExact() {
        holds(ByHand.number(0, 8, 0));
        assertThat(written(Map.of(), 3, 1)).isEqualTo(new Bound(0, 1, 0, 1));
        assertThat(written(Map.of(), 3, -1)).isEqualTo(new Bound(-1, 0, 0, 1));
    }

    /** Three times a unit is rounded, as is the sum of the two: but for ints, of which no digit is lost. */
    @Test
    void changesOfOtherSizesAreRounded() {
        holds(ByHand.number(0, 8, 0));
        // A slope of 2 up to 5 behind the step, and 1: the sum before and after, and three roundings of 33.
        assertThat(written(Map.of(), 3, 3)).isEqualTo(new Bound(0, 3, U * (3 + 3 * 33), 1));
        assertThat(written(Map.of(out, new Before(7, 1, 0)), 3, 3).error()).isCloseTo(U * (7 + 10 + 3 * 33), EXACTLY);
        holds(ByHand.ints(0, 8, 0));
        assertThat(written(Map.of(), 3, 3)).isEqualTo(new Bound(0, 3, 0, 1));
        assertThat(written(Map.of(), 3, 0.1).error()).isPositive();
        // 1024 halves are all there are.
        assertThat(written(Map.of(out, new Before(478, 1, 0)), 3, 3).error()).isZero();
        assertThat(written(Map.of(out, new Before(480, 1, 0)), 3, 3).error()).isPositive();
        assertThat(written(Map.of(out, new Before(7, 0, 0)), 3, 3).error()).isPositive();
    }

    /** A constant above 0 cuts digits off: twice in the units, and in what is left of their sum. */
    @Test
    void stepsBelowZeroAreRounded() {
        holds(ByHand.number(-8, 8, 0));
        double most = 2 * (8 + 4) + 1;
        assertThat(written(Map.of(), -4, 1).error()).isCloseTo(2 * U * most + U * (1 + most), EXACTLY);
        assertThat(written(Map.of(), -4, 5).error()).isCloseTo(5 * 2 * U * most + U * (5 + 3 * 5 * most), EXACTLY);
        holds(ByHand.ints(-8, 8, 0));
        assertThat(written(Map.of(), -4, 1)).isEqualTo(new Bound(0, 1, 0, 1));
    }

    /** Steps up and down again, in order: the least and the greatest of the sum on its way. */
    @Test
    void theSumIsBoundedOnItsWay() {
        holds(ByHand.ints(0, 8, 0));
        Bound sum = written(Map.of(), 1, 4, 2, -6, 3, 5);
        assertThat(sum.low()).isEqualTo(4 - 6);
        assertThat(sum.high()).isEqualTo(4);
        assertThat(written(Map.of(), 1, 4, 2, -6, 3, 6).grid()).isEqualTo(2);
    }

    private Bound written(double high, double left, double first, double second) {
        var staircase = new Staircase(
                LinearForm.of(x), left, high, ImmutableList.of(new Step(left, left + 1, LinearForm.of(out))));
        ImmutableList<HiddenUnit> units = ImmutableList.of(
                new HiddenUnit(LinearForm.of(x, 2).plus(LinearForm.constant(first)), LinearForm.of(out), ORIGIN),
                new HiddenUnit(LinearForm.of(x, 2).plus(LinearForm.constant(second)), LinearForm.of(out, -1), ORIGIN));
        return ByHand.at(
                BoundUnits.of(new UnitGroup(staircase, units, ORIGIN), stream, Map.of())
                        .written(),
                out);
    }

    /** Constants of too many digits, or that differ by anything but 1, are four more roundings of what they are meant to be. */
    @Test
    void constantsThatAreNotStoredAreRounded() {
        holds(ByHand.number(0, 8, 0));
        double more = 0x1p-30;
        double rounded = 2 * U * 11 + 4 * U * (7 + 1) + U * (1 + 11);
        assertThat(written(8, 3, -6.5, -7.5).error()).isZero();
        assertThat(written(8, 3, -6.5 - more, -7.5 - more).error()).isCloseTo(rounded, EXACTLY);
        assertThat(written(8, 3, -6.5, -7.5 - more).error()).isCloseTo(rounded, EXACTLY);
        assertThat(written(8, 3, -6.5, -7.25).error()).isCloseTo(rounded, EXACTLY);
    }

    /** Beside a unit of up to 24.5, in an arithmetic of seven digits, halves are just held. */
    @Test
    void constantsNeedRoomBesideTheNumber() {
        stream = ByHand.stream(0x1p-7);
        stream.write(x, ByHand.number(0, 16, 0), 0);
        assertThat(written(14.75, 3, -6.5, -7.5).error()).isZero();
        assertThat(written(15, 3, -6.5, -7.5).error()).isPositive();
    }

    /** A constant of 0 leaves a number its digits, and a 1 that stands in the sum is taken off exactly. */
    @Test
    void aStepAtZeroIsExact() {
        holds(ByHand.number(-8, 8, 0));
        assertThat(written(Map.of(), -0.25, 1, -0.25, -1).error()).isZero();
        assertThat(written(Map.of(), -0.25, 1, -0.25, 1).error()).isPositive();
    }

    /** An int that stands in the sum already leaves a unit its digits while it is no greater than the constant. */
    @Test
    void intsInTheSumNeedRoomBelowTheNumber() {
        holds(ByHand.number(0, 8, 0));
        // The constants of the step at 3 are -6.5 and -7.5; 11 is the most a unit can be.
        assertThat(written(Map.of(out, new Before(6, 1, 0)), 3, 1).error()).isZero();
        assertThat(written(Map.of(out, new Before(6.5, 1, 0)), 3, 1).error()).isZero();
        assertThat(written(Map.of(out, new Before(7, 1, 0)), 3, 1).error()).isCloseTo(U * (7 + 8 + 11), EXACTLY);
        assertThat(written(Map.of(out, new Before(6, 0.5, 0)), 3, 1).error()).isPositive();
        // At 0 the first is -0.5: a 1 has room only where it is taken off.
        assertThat(written(Map.of(), 0, 1, 0, -1).error()).isZero();
        assertThat(written(Map.of(), 0, 1, 0, 1).error()).isCloseTo(U * ((1 + 17) + (1 + 2 + 17)), EXACTLY);
        assertThat(written(Map.of(), 3, 1, 4, 1).error()).isZero();
    }

    /** Noise that stands in the sum already takes a unit's last digits, however little it is; ints lose none to so little. */
    @Test
    void noiseInTheSumRoundsAStep() {
        double noise = 0x1p-20;
        holds(ByHand.number(0, 8, 0));
        assertThat(written(Map.of(out, new Before(0, BinaryGrid.ANY, noise)), 3, 1)
                        .error())
                .isCloseTo(U * (noise + (1 + noise) + 11), EXACTLY);
        assertThat(written(Map.of(out, new Before(6, 1, noise)), 3, 1).error())
                .isCloseTo(U * (6 + noise + (7 + noise) + 11), EXACTLY);
        holds(ByHand.ints(0, 8, 0));
        assertThat(written(Map.of(out, new Before(6, 1, noise)), 3, 1).error()).isZero();
        assertThat(written(Map.of(out, new Before(6, 1, U / 4)), 3, 1).error()).isPositive();
    }

    /** Half a gap is the margin, a quarter is for errors: of reading, six roundings, and of the constants' own. */
    @Test
    void marginsAreWhatErrorsLeave() {
        holds(ByHand.number(0, 8, 0.0625));
        BoundUnits units = bound(Map.of(), 0, 3, 1);
        double off = 0.0625 + U * (1 + 5) * (8 + 3.5);
        assertThat(units.margin()).isCloseTo(0.5 - off, EXACTLY);
        assertThat(units.slack()).isCloseTo(0.25 - off, EXACTLY);
        assertThat(units.noise()).isCloseTo(0.0625 + 4 * U * 8, EXACTLY);
        // -2 · 4.2 is -537.6/64, stored as -538/64; the last step is the nearest to its numbers.
        BoundUnits two = bound(Map.of(), 0, 3, 1, 3.7, 1);
        double second = 0.4 / 64 / 2 + 0.0625 + U * 6 * (8 + 4.2);
        assertThat(two.margin()).isCloseTo(0.5 - second, EXACTLY);
        assertThat(two.slack()).isCloseTo(0.25 - second, EXACTLY);
    }

    /** A number and its constant: x + 2 and a step at 3, where x is 1. */
    @Test
    void aShiftMovesTheThreshold() {
        holds(ByHand.ints(0, 8, 0));
        BoundUnits units = bound(Map.of(), 2, 3, 1);
        double off = U * (2 + 5) * (8 + 2 + 3.5);
        assertThat(units.margin()).isCloseTo(0.5 - off, EXACTLY);
        assertThat(ByHand.at(units.written(), out)).isEqualTo(new Bound(0, 1, 0, 1));
    }

    /** An edit of the constant 1 moves thresholds by as much as they are away, and what the two units differ by. */
    @Test
    void editsMoveThresholds() {
        stream = ByHand.stream(Roundoff.FLOAT64);
        stream.write(x, ByHand.ints(0, 8, 0), 0);
        double edit = 0x1p-10;
        stream.edit(new Edits(edit, ImmutableMap.of(x, 8.0)));

        BoundUnits far = bound(Map.of(), 0, 3, 1);
        assertThat(far.margin()).isCloseTo(0.5 - (8 * edit + edit * (3.5 + 1)), EXACTLY);
        assertThat(ByHand.at(far.written(), out).error()).isCloseTo(edit, EXACTLY);
        // Around 0 the first unit may be on at BOS, alone.
        BoundUnits near = bound(Map.of(), 0.5, 0, 1);
        double noise = 8 * edit + 0.5 * edit;
        assertThat(ByHand.at(near.written(), out).error()).isCloseTo(edit + 2 * noise, EXACTLY);
        assertThat(near.margin()).isCloseTo(0.5 - (noise + edit * 1), EXACTLY);
    }

    /** What an edit of 3/16 of BOS's row comes to, slope 2, behind constants that are taken off above 0: 0 but for the edit elsewhere. */
    @Test
    void aStepAroundZeroMayBeOnAtBos() {
        stream = ByHand.stream(Roundoff.FLOAT64);
        stream.write(x, ByHand.ints(-8, 8, 0), 0);
        double edit = 0x1.8p-6;
        stream.edit(new Edits(edit, ImmutableMap.of(x, 8.0)));
        double[][] constantsAndWritten = {
            {-2.5, 0},
            {-1.375, 0},
            {-1.25, 0},
            {-1.125, 0},
            {-0.75, 0.125},
            {-0.5, 0.375},
            {0, 0.375},
            {0.25, 0.375},
            {0.5, 0.375},
            {0.75, 0},
            {2.5, 0}
        };
        for (double[] each : constantsAndWritten) {
            double constant = each[0];
            // The number is x; the threshold is where twice the number meets the constant.
            BoundUnits units = bound(Map.of(), 0, -constant / 2 - 0.5, 1);

            double at = 2 * 8 * edit;
            double first = Math.max(0, at + Math.min(0, constant + 0.5));
            double second = Math.max(0, at + Math.min(0, constant - 0.5));
            assertThat(units.slack()).as("constant %s", constant).isPositive();
            double error = ByHand.at(units.written(), out).error();
            assertThat(error).as("constant %s", constant).isGreaterThanOrEqualTo(first - second);
            assertThat(error).as("constant %s", constant).isCloseTo(edit + each[1], within(1e-12));
        }
    }

    /** Without edits nothing stands at BOS, however wrong the number is elsewhere. */
    @Test
    void withoutEditsNothingIsOnAtBos() {
        holds(ByHand.number(-8, 8, 0.0625));
        assertThat(ByHand.at(bound(Map.of(), 0, -0.25, 1).written(), out).error())
                .isZero();
    }
}
