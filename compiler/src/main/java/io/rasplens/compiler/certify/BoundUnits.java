package io.rasplens.compiler.certify;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.space.Construction;
import io.rasplens.compiler.space.Construction.Polyline;
import io.rasplens.compiler.space.Construction.Staircase;
import io.rasplens.compiler.space.Construction.Step;
import io.rasplens.compiler.space.Direction;
import io.rasplens.compiler.space.HiddenUnit;
import io.rasplens.compiler.space.LinearForm;
import io.rasplens.compiler.space.UnitGroup;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What noise does in a group of hidden units. */
final class BoundUnits {
    private final StreamBounds stream;
    private final double u;
    private final Map<Direction, Bound> written = new LinkedHashMap<>();

    /** The least distance of the number from a step's threshold; infinite without steps. */
    private double margin = Double.POSITIVE_INFINITY;

    /** How much of a quarter gap is left after errors, of the step with the least; negative: noise gets through. */
    private double slack = Double.POSITIVE_INFINITY;

    private double noise;

    BoundUnits(StreamBounds stream) {
        this.stream = stream;
        this.u = stream.unit();
    }

    Map<Direction, Bound> written() {
        return written;
    }

    double margin() {
        return margin;
    }

    double slack() {
        return slack;
    }

    /** The error of the number that the group reads. */
    double noise() {
        return noise;
    }

    static BoundUnits of(UnitGroup group, StreamBounds stream) {
        var units = new BoundUnits(stream);
        Construction construction = group.construction();
        if (construction instanceof Staircase staircase) {
            units.staircase(staircase);
        } else if (construction instanceof Polyline polyline) {
            units.polyline(polyline);
        } else if (construction instanceof Construction.Cases) {
            group.units().forEach(unit -> units.add(unit, true));
        } else {
            group.units().forEach(unit -> units.add(unit, false));
        }
        return units;
    }

    /**
     * Where both units of a step are on, their difference is 1 but for roundings: of the inputs (all but the constant, which comes
     * last, is the same in both), of the outputs, and of the running sum.
     */
    private void staircase(Staircase staircase) {
        FormBound x = stream.form(staircase.input());
        noise = x.error();
        double shift = Math.abs(constant(staircase.input()));
        var running = new HashMap<Direction, Double>();
        var low = new HashMap<Direction, Double>();
        var high = new HashMap<Direction, Double>();
        var error = new LinkedHashMap<Direction, Double>();
        for (Step step : staircase.steps()) {
            double gap = step.right() - step.left();
            double threshold = Math.abs(step.left() + gap / 2);
            double slope = 2 / gap;
            double atStep = x.noise() + u * (x.terms() + 5) * (x.size() + threshold);
            margin = Math.min(margin, gap / 2 - atStep);
            slack = Math.min(slack, gap / 4 - atStep);
            double most = slope * (staircase.high() - step.left());
            double inputs = 2 * u * (most + 1) + 4 * u * (slope * (threshold + shift) + 1);
            for (Map.Entry<Direction, Double> change : step.change().terms().entrySet()) {
                Direction d = change.getKey();
                double c = change.getValue();
                double before = running.getOrDefault(d, 0.0);
                double after = before + c;
                double size = Math.abs(c) * (most + 1);
                double sums = u * (Math.abs(before) + Math.abs(after) + (Math.abs(c) == 1 ? 1 : 3) * size);
                boolean clean =
                        Math.abs(c) == 1 && Math.abs(before) <= 1 && before * c <= 0 && isExact(staircase, step);
                error.merge(d, clean ? 0 : Math.abs(c) * inputs + sums, Double::sum);
                running.put(d, after);
                low.merge(d, Math.min(0, after), Math::min);
                high.merge(d, Math.max(0, after), Math::max);
            }
        }
        error.forEach((d, e) -> put(d, new Bound(low.getOrDefault(d, 0.0), high.getOrDefault(d, 0.0), e)));
    }

    /**
     * Whether a step's two units differ by exactly 1, whatever noise the number carries. With a number p ≥ 0, the same sum in
     * both, and constants c that are halves, both p + c lie between 0 and p: they are multiples of p's last
     * digit and smaller, so nothing is rounded, and neither is their difference. Counts from sum heads are such numbers.
     */
    private boolean isExact(Staircase staircase, Step step) {
        double slope = 2 / (step.right() - step.left());
        double threshold = step.left() + (step.right() - step.left()) / 2;
        double shift = constant(staircase.input());
        double constant = slope * (shift - threshold);
        return 2 * constant == Math.rint(2 * constant)
                && constant <= -0.5
                && slope * (staircase.low() - shift) >= 0
                && 4 * u * slope * (staircase.high() - shift + 1) <= 1;
    }

    private static double constant(LinearForm form) {
        return form.terms().getOrDefault(Direction.ONE, 0.0);
    }

    /**
     * Noise passes, times the slope it meets, and so does what rounds in all units alike, that is all but the constant; each unit's own
     * rounding counts by its change of slope, and so does the running sum. They are bounded piece by piece, where the number can be: at its ends, since in between they are convex.
     */
    private void polyline(Polyline line) {
        FormBound x = stream.form(line.input());
        noise = x.noise();
        if (x.noise() > line.room()) {
            slack = line.room() - x.noise();
        }
        ImmutableDoubleArray xs = line.xs();
        ImmutableDoubleArray ys = line.ys();
        int pieces = xs.length() - 1;
        boolean everywhere = Double.isInfinite(line.room());
        double steepest = 0;
        for (int k = 0; k < pieces; k++) {
            steepest = Math.max(steepest, Math.abs(slope(line, k)));
        }
        double least = 0;
        double greatest = 0;
        double error = 0;
        double shift = Math.abs(constant(line.input()));
        double alike = x.single().exact() ? 0 : x.error() - x.noise();
        // A constant that is a break alone is stored as it is, in float64.
        boolean stored = shift == 0 && u <= CertifyBlocks.FLOAT64;
        var rounding = new RampRounding(u);
        double before = 0;
        for (int k = 0; k < pieces; k++) {
            double next = slope(line, k);
            rounding.add(
                    xs.get(k), stored ? 0 : Math.abs(xs.get(k)) + shift, ys.get(k) - ys.get(0), next - before, next);
            before = next;
            if (!everywhere && Math.abs(next) > line.slope()) {
                continue;
            }
            double from = everywhere || k == 0 ? xs.get(k) : xs.get(k) + line.room();
            double to = everywhere || k == pieces - 1 ? xs.get(k + 1) : xs.get(k + 1) - line.room();
            double steep = everywhere ? steepest : Math.abs(next);
            for (double at : new double[] {from, Math.max(from, to)}) {
                double y = ys.get(k) - ys.get(0) + next * (at - xs.get(k));
                least = Math.min(least, y);
                greatest = Math.max(greatest, y);
                error = Math.max(error, steep * (x.noiseAt(at) + alike) + rounding.at(at));
            }
        }
        for (Map.Entry<Direction, Double> out : line.output().terms().entrySet()) {
            double c = out.getValue();
            put(
                    out.getKey(),
                    new Bound(
                            Math.min(c * least, c * greatest),
                            Math.max(c * least, c * greatest),
                            Math.abs(c) * (error + 2 * u * (greatest - least))));
        }
    }

    private static double slope(Polyline line, int k) {
        return (line.ys().get(k + 1) - line.ys().get(k))
                / (line.xs().get(k + 1) - line.xs().get(k));
    }

    /** @param exclusive whether at most one unit of the group is on, at 1 */
    private void add(HiddenUnit unit, boolean exclusive) {
        LinearForm input = unit.input();
        FormBound x = stream.form(input);
        noise = Math.max(noise, x.error());
        double most = exclusive ? 1 : Math.max(0, x.high());
        double least = exclusive ? 0 : Math.max(0, x.low());
        for (Map.Entry<Direction, Double> out : unit.output().terms().entrySet()) {
            double c = out.getValue();
            double error = Math.abs(c) * (x.error() + 2 * u * most);
            Bound more = new Bound(Math.min(c * least, c * most), Math.max(c * least, c * most), error);
            Bound before = written.getOrDefault(out.getKey(), Bound.ZERO);
            Bound both = exclusive
                    ? new Bound(
                            Math.min(Math.min(before.low(), more.low()), 0),
                            Math.max(Math.max(before.high(), more.high()), 0),
                            before.error() + error)
                    : new Bound(
                            before.low() + more.low(),
                            before.high() + more.high(),
                            before.error() + error + u * (before.magnitude() + more.magnitude()));
            put(out.getKey(), both);
        }
    }

    private void put(Direction direction, Bound bound) {
        written.put(direction, bound);
    }
}
