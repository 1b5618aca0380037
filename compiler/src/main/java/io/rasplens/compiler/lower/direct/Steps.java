package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.SOp;
import java.util.List;

/**
 * A function of a number that is one of finitely many: a sum of steps, one between each two neighbours.
 *
 * <p>The step between numbers a &lt; b with gap g = b - a stands at their middle m and is two units,
 * relu(s(x - m) + ½) - relu(s(x - m) - ½) with slope s = 2/g: 0 up to m - g/4, 1 from m + g/4. So an error below g/4 in x leaves
 * no trace. The same table can be summed from either end; what a unit carries far beyond its threshold is rounded in its last
 * digits, so the end is taken from which the steep steps stay off: from 1 downwards for 1/(1 + w).
 */
final class Steps {
    private Steps() {}

    /**
     * The units: one that is always on, and two for each step.
     *
     * @param x the number
     * @param points where it can be, ascending
     * @param outputs what to write for each point
     * @param one a form that is 1 at every position but BOS, where all units must be off
     */
    static ImmutableList<Block.Unit> units(
            SOp sop, String what, Form x, double[] points, List<Form> outputs, Form one) {
        int last = points.length - 1;
        double upward = 0;
        double downward = 0;
        for (int k = 0; k < last; k++) {
            double slope = 2 / (points[k + 1] - points[k]);
            double middle = points[k] + (points[k + 1] - points[k]) / 2;
            upward = Math.max(upward, slope * (points[last] - middle));
            downward = Math.max(downward, slope * (middle - points[0]));
        }
        boolean up = upward <= downward;
        ImmutableList.Builder<Block.Unit> units = ImmutableList.builder();
        units.add(new Block.Unit(sop, what + ", from the start", one, outputs.get(up ? 0 : last)));
        for (int k = 0; k < last; k++) {
            double slope = 2 / (points[k + 1] - points[k]);
            double middle = points[k] + (points[k + 1] - points[k]) / 2;
            double sign = up ? 1 : -1;
            Form change =
                    outputs.get(up ? k + 1 : k).plus(outputs.get(up ? k : k + 1).times(-1));
            String where = what + (up ? ", above " : ", below ") + middle;
            Form ramp = x.times(sign * slope);
            units.add(new Block.Unit(sop, where, ramp.plus(one.times(-sign * slope * middle + 0.5)), change));
            units.add(new Block.Unit(
                    sop,
                    where + " (saturation)",
                    ramp.plus(one.times(-sign * slope * middle - 0.5)),
                    change.times(-1)));
        }
        return units.build();
    }
}
