package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Construction.Polyline;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;

/**
 * A piecewise-linear function of one number: one hidden unit per break.
 *
 * <p>{@code f(x) = f(x0) + Σ (change of slope at x_k) · relu(x - x_k)}; noise in {@code x} passes on, times the slope.
 */
public final class Ramps {
    private Ramps() {}

    /**
     * Writes {@code f(x) - f(x0)} in direction {@code output}.
     *
     * @param xs strictly ascending, at least one
     * @param ys the values there
     */
    public static UnitGroup of(LinearForm x, double[] xs, double[] ys, LinearForm output, PartOrigin origin) {
        return of(x, xs, ys, output, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, origin);
    }

    /**
     * The same where some pieces lie between the numbers that can be.
     *
     * @param slopeWithin the steepest slope of the other pieces
     * @param room how far the pieces in between are from any number that can be
     */
    public static UnitGroup of(
            LinearForm x,
            double[] xs,
            double[] ys,
            LinearForm output,
            double slopeWithin,
            double room,
            PartOrigin origin) {
        ImmutableList.Builder<HiddenUnit> units = ImmutableList.builder();
        double slope = 0;
        for (int k = 0; k + 1 < xs.length; k++) {
            double next = (ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k]);
            if (next != slope) {
                units.add(new HiddenUnit(x.plus(LinearForm.constant(-xs[k])), output.times(next - slope), origin));
            }
            slope = next;
        }
        var polyline = new Polyline(
                x, ImmutableDoubleArray.copyOf(xs), ImmutableDoubleArray.copyOf(ys), output, slopeWithin, room);
        return new UnitGroup(polyline, units.build(), origin);
    }
}
