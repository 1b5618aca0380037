package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;

/**
 * Saturating steps: two hidden units each, whose difference is 0 left of a threshold and 1 right of it.
 *
 * <p>{@code step(x) = relu(a(x - t) + 1/2) - relu(a(x - t) - 1/2)} with {@code a = 2 / gap} is exactly flat from a quarter of the gap
 * on either side of {@code t}, so noise below gap/4 in {@code x} does not pass. The constants read {@code one}, which is 0 on BOS: both
 * units are exactly 0 there.
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
        for (Step step : staircase.steps()) {
            double slope = 2 / (step.right() - step.left());
            double threshold = step.left() + (step.right() - step.left()) / 2;
            double constant = Math.rint(slope * (shift - threshold) / GRID) * GRID;
            LinearForm scaled = rest.times(slope);
            units.add(new HiddenUnit(scaled.plus(LinearForm.constant(constant + 0.5)), step.change(), origin));
            units.add(new HiddenUnit(
                    scaled.plus(LinearForm.constant(constant - 0.5)),
                    step.change().times(-1),
                    origin));
        }
        return new UnitGroup(staircase, units.build(), origin);
    }
}
