package io.rasplens.compiler.certify;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Construction.Polyline;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.UnitGroup;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What noise does in a group of hidden units. */
final class BoundUnits {
    private final StreamBounds stream;
    private final UnitGroup group;
    private final Map<Direction, Before> others;
    private final double u;
    private final Map<Direction, Bound> written = new LinkedHashMap<>();

    /** The least distance of the number from a step's threshold; infinite without steps. */
    private double margin = Double.POSITIVE_INFINITY;

    /** How much of a quarter gap is left after errors, of the step with the least; negative: noise gets through. */
    private double slack = Double.POSITIVE_INFINITY;

    private double noise;
    private double strain;

    private BoundUnits(UnitGroup group, StreamBounds stream, Map<Direction, Before> others) {
        this.group = group;
        this.stream = stream;
        this.others = others;
        this.u = stream.unit();
    }

    Map<Direction, Bound> written() {
        return written;
    }

    /** What other groups may have added to a direction already. */
    Map<Direction, Before> others() {
        return others;
    }

    double margin() {
        return margin;
    }

    double slack() {
        return slack;
    }

    /** How much of what errors may come to they do come to: 1 where noise gets through. */
    double strain() {
        return strain;
    }

    /** The error of the number that the group reads. */
    double noise() {
        return noise;
    }

    static BoundUnits of(UnitGroup group, StreamBounds stream, Map<Direction, Before> others) {
        var units = new BoundUnits(group, stream, others);
        Construction construction = group.construction();
        if (construction instanceof Staircase staircase) {
            units.staircase(new BoundStaircase(stream, staircase, group.units(), others));
        } else if (construction instanceof Polyline polyline) {
            units.polyline(polyline);
            units.refine();
        } else if (construction instanceof Construction.BothSigns signs) {
            units.bothSigns(signs);
            units.refine();
        } else {
            boolean exclusive = construction instanceof Construction.Cases;
            group.units().forEach(unit -> units.add(unit, exclusive));
            if (exclusive) {
                units.strays();
            }
            units.refine();
        }
        return units;
    }

    private void staircase(BoundStaircase staircase) {
        written.putAll(staircase.bound());
        noise = staircase.noise();
        margin = staircase.margin();
        slack = staircase.slack();
        strain = staircase.strain();
    }

    /** At most one unit is on, and what it reads is what the other would have read, to the last bit. */
    private void bothSigns(Construction.BothSigns signs) {
        FormBound x = stream.form(signs.input());
        noise = x.error();
        signs.output().terms().forEach((d, c) -> {
            double error = Math.abs(c) * (x.error() + 2 * u * x.magnitude());
            written.put(
                    d,
                    new Bound(
                            Math.min(c * x.low(), c * x.high()),
                            Math.max(c * x.low(), c * x.high()),
                            error,
                            BinaryGrid.NONE));
        });
    }

    private void refine() {
        OutputSum.of(group, stream, others).forEach((d, sum) -> written.computeIfPresent(d, (k, b) -> sum.refine(b)));
    }

    /**
     * Noise passes, times the slope it meets, and so does what rounds in all units alike, that is all but the constant; each unit's own
     * rounding counts by its change of slope, and so does the running sum. They are bounded piece by piece, where the number can be: at its ends, since in between they are convex.
     */
    private void polyline(Polyline line) {
        FormBound x = stream.form(line.input());
        ImmutableDoubleArray xs = line.xs();
        // Breaks are constants: they move as the constant 1 does.
        double breaks = stream.oneError() * (Math.max(Math.abs(xs.get(0)), Math.abs(xs.get(xs.length() - 1))) + 1);
        noise = x.noise() + breaks;
        strain = noise / line.room();
        if (noise > line.room()) {
            slack = line.room() - noise;
        }
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
        double rounded = 0;
        double shift = Math.abs(line.input().constant());
        double alike = x.single().exact() ? 0 : x.error() - x.noise();
        // A constant that is a break alone is stored as it is, in float64.
        boolean stored = shift == 0 && u <= Roundoff.FLOAT64;
        var rounding = new RampRounding(u);
        double before = 0;
        double changes = 0;
        for (int k = 0; k < pieces; k++) {
            double next = slope(line, k);
            changes += Math.abs(next - before);
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
                rounded = Math.max(rounded, rounding.at(at));
                error = Math.max(error, steep * (x.noiseAt(at) + breaks + alike) + rounding.at(at));
            }
        }
        // At BOS constants above 0 are taken off, and what is edited there meets all those ramps at once; elsewhere it
        // does not.
        error = Math.max(error, stream.oneError() > 0 ? noise * changes + rounded : 0);
        for (Map.Entry<Direction, Double> out : line.output().terms().entrySet()) {
            double c = out.getValue();
            written.put(
                    out.getKey(),
                    new Bound(
                            Math.min(c * least, c * greatest),
                            Math.max(c * least, c * greatest),
                            Math.abs(c) * (error + 2 * u * (greatest - least)),
                            BinaryGrid.NONE));
        }
    }

    private static double slope(Polyline line, int k) {
        return (line.ys().get(k + 1) - line.ys().get(k))
                / (line.xs().get(k + 1) - line.xs().get(k));
    }

    /** Cases that are not on write noise, and that rounds what it is added to. */
    private void strays() {
        var noise = new HashMap<Direction, Double>();
        var wrong = new HashMap<Direction, Integer>();
        for (HiddenUnit unit : group.units()) {
            double error = stream.form(unit.input()).error();
            unit.output().terms().forEach((d, c) -> {
                noise.merge(d, Math.abs(c) * error, Double::sum);
                wrong.merge(d, error > 0 ? 1 : 0, Integer::sum);
            });
        }
        written.replaceAll((d, b) ->
                b.plus(noise(stream.strays(noise.getOrDefault(d, 0.0), wrong.getOrDefault(d, 0), b.magnitude())), 0));
    }

    private static Bound noise(double size) {
        return new Bound(0, 0, size, BinaryGrid.NONE);
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
            Bound more =
                    new Bound(Math.min(c * least, c * most), Math.max(c * least, c * most), error, BinaryGrid.NONE);
            Bound before = written.getOrDefault(out.getKey(), Bound.ZERO);
            Bound both = exclusive
                    ? new Bound(
                            Math.min(Math.min(before.low(), more.low()), 0),
                            Math.max(Math.max(before.high(), more.high()), 0),
                            before.error() + error,
                            BinaryGrid.NONE)
                    : new Bound(
                            before.low() + more.low(),
                            before.high() + more.high(),
                            before.error() + error + u * (before.magnitude() + more.magnitude()),
                            BinaryGrid.NONE);
            written.put(out.getKey(), both);
        }
    }
}
