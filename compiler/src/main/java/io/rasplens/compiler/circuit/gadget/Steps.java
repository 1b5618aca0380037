package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;
import java.util.function.IntFunction;

/**
 * Saturating steps: two hidden units each, whose difference is 0 left of a threshold and 1 right of it.
 *
 * <p>{@code step(x) = relu(a(x - t) + 1/2) - relu(a(x - t) - 1/2)} with {@code a = 2 / gap} is exactly flat from a quarter of the gap
 * on either side of {@code t}, so noise below gap/4 in {@code x} does not pass. The constants read {@code one}, which is 0 on BOS: both
 * units are exactly 0 there.
 *
 * <p>A step below 0 is taken by the number's opposite: its constants are below 0 as well then, and where the number is 0 no unit is on.
 *
 * <p>The constants {@code ±1/2 - a t} are rounded to 64ths, which moves the threshold by gap/256 at most. Taken off a positive number
 * of any digits they leave two numbers that differ by exactly 1, where a constant of many digits would round the one up and the other
 * down.
 */
public final class Steps {
    /** What constants are multiples of: coarse, so that even float32 holds the difference of a number up to 2^17 and a constant. */
    private static final double GRID = 0x1p-6;

    private Steps() {}

    /** Writes {@code Σ step_k(x) · change_k}. */
    public static UnitGroup of(Staircase staircase, PartOrigin origin) {
        ImmutableList.Builder<HiddenUnit> units = ImmutableList.builder();
        double shift = staircase.input().constant();
        LinearForm rest = staircase.input().minus(LinearForm.constant(shift));
        for (int k = 0; k < staircase.steps().size(); k++) {
            Step step = staircase.steps().get(k);
            double slope = 2 / (step.right() - step.left());
            double threshold = step.left() + (step.right() - step.left()) / 2;
            int sign = staircase.isBelow(k) ? -1 : 1;
            double constant = Math.rint(sign * slope * (shift - threshold) / GRID) * GRID;
            LinearForm scaled = rest.times(sign * slope);
            LinearForm change = step.change().times(sign);
            units.add(new HiddenUnit(scaled.plus(LinearForm.constant(constant + 0.5)), change, origin));
            units.add(new HiddenUnit(scaled.plus(LinearForm.constant(constant - 0.5)), change.times(-1), origin));
        }
        return new UnitGroup(staircase, units.build(), origin);
    }

    /**
     * A function of a number by steps that lead up and down from 0.
     *
     * @param input the number
     * @param low the least it can be
     * @param high the greatest
     * @param left the greatest value before each step, ascending
     * @param right the least value after each step
     * @param writes what the function puts into the stream after so many steps
     * @return writes the function less what it is after {@link #below} steps
     */
    public static Staircase fromZero(
            LinearForm input,
            double low,
            double high,
            ImmutableDoubleArray left,
            ImmutableDoubleArray right,
            IntFunction<LinearForm> writes) {
        int home = below(input, left, right);
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        int below = 0;
        for (int k = home - 1; k >= 0; k--) {
            below += add(steps, left.get(k), right.get(k), writes.apply(k + 1).minus(writes.apply(k)));
        }
        for (int k = home; k < left.length(); k++) {
            add(steps, left.get(k), right.get(k), writes.apply(k + 1).minus(writes.apply(k)));
        }
        return new Staircase(input, low, high, steps.build(), below);
    }

    private static int add(ImmutableList.Builder<Step> steps, double left, double right, LinearForm change) {
        if (change.isZero()) {
            return 0;
        }
        steps.add(new Step(left, right, change));
        return 1;
    }

    /** How many steps are at numbers below 0, a constant that is added to them left out. */
    public static int below(LinearForm input, ImmutableDoubleArray left, ImmutableDoubleArray right) {
        int below = 0;
        while (below < left.length() && (left.get(below) + right.get(below)) / 2 < input.constant()) {
            below++;
        }
        return below;
    }
}
