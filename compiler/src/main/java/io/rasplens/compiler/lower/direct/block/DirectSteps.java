package io.rasplens.compiler.lower.direct.block;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;
import java.util.Arrays;
import java.util.List;

/**
 * A function of a number that is one of finitely many: a sum of steps, two units for each number as in the original layout. The first
 * step is one that every number has behind it. Each is {@code relu(s(x - m) + 1/2) - relu(s(x - m) - 1/2)} with slope s = 2 / gap: an
 * error below a quarter of the gap leaves no trace.
 *
 * <p>The same table can be summed from either end; what a unit carries far beyond its threshold is rounded in its last digits, so the
 * end is taken from which the steep steps stay off: from 1 downwards for 1/(1 + w).
 */
public final class DirectSteps {
    private DirectSteps() {}

    /**
     * The units.
     *
     * @param x the number
     * @param points where it can be, ascending
     * @param outputs what to write for each point
     */
    public static UnitGroup units(PartOrigin origin, LinearForm x, double[] points, List<LinearForm> outputs) {
        int last = points.length - 1;
        double upward = 0;
        double downward = 0;
        for (int k = 0; k < last; k++) {
            double slope = 2 / (points[k + 1] - points[k]);
            double middle = points[k] + (points[k + 1] - points[k]) / 2;
            upward = Math.max(upward, slope * (points[last] - middle));
            downward = Math.max(downward, slope * (middle - points[0]));
        }
        return upward <= downward
                ? upward(origin, x, points, outputs)
                : upward(origin, x.times(-1), mirrored(points), Lists.reverse(outputs));
    }

    private static double[] mirrored(double[] points) {
        return Arrays.stream(points).map(x -> -x).sorted().toArray();
    }

    private static UnitGroup upward(PartOrigin origin, LinearForm x, double[] points, List<LinearForm> outputs) {
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        ImmutableList.Builder<HiddenUnit> units = ImmutableList.builder();
        for (int k = 0; k < points.length; k++) {
            double left = k == 0 ? points[0] - 1 : points[k - 1];
            LinearForm change = k == 0 ? outputs.get(0) : outputs.get(k).minus(outputs.get(k - 1));
            steps.add(new Step(left, points[k], change));
            double slope = 2 / (points[k] - left);
            LinearForm ramp =
                    x.minus(LinearForm.constant(left + (points[k] - left) / 2)).times(slope);
            units.add(new HiddenUnit(ramp.plus(LinearForm.constant(0.5)), change, origin));
            units.add(new HiddenUnit(ramp.minus(LinearForm.constant(0.5)), change.times(-1), origin));
        }
        var staircase = new Staircase(x, points[0], points[points.length - 1], steps.build());
        return new UnitGroup(staircase, units.build(), origin);
    }
}
