package io.rasplens.compiler.certify;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What noise does in saturating steps: nothing, while it is below what is left of a quarter gap.
 *
 * <p>Where both units of a step are on, their difference is 1 but for roundings: of the inputs (all but the constant, which comes
 * last, is the same in both), of the outputs, and of the running sum. Mostly it is 1 to the last bit; see {@link #isExact}.
 */
final class BoundStaircase {
    private final StreamBounds stream;
    private final double u;
    private final Staircase staircase;
    private final ImmutableList<HiddenUnit> units;
    private final Map<Direction, Before> others;
    private final FormBound x;
    private final double shift;
    private final Map<Direction, RunningSum> up = new LinkedHashMap<>();

    /** What steps below 0 take off: where one of them does, none leads up. */
    private final Map<Direction, RunningSum> down = new LinkedHashMap<>();

    private double margin = Double.POSITIVE_INFINITY;
    private double slack = Double.POSITIVE_INFINITY;
    private double strain;

    /**
     * @param units two for each step
     * @param others what other groups may have added to a direction already
     */
    BoundStaircase(
            StreamBounds stream, Staircase staircase, ImmutableList<HiddenUnit> units, Map<Direction, Before> others) {
        this.stream = stream;
        this.u = stream.unit();
        this.staircase = staircase;
        this.units = units;
        this.others = others;
        this.x = stream.form(staircase.input());
        this.shift = staircase.input().constant();
    }

    double noise() {
        return x.error();
    }

    /** The least distance of the number from a step's threshold. */
    double margin() {
        return margin;
    }

    /** How much of a quarter gap is left after errors, of the step with the least. */
    double slack() {
        return slack;
    }

    /** Errors over a quarter gap, of the step where that is most. */
    double strain() {
        return strain;
    }

    Map<Direction, Bound> bound() {
        for (int k = 0; k < staircase.steps().size(); k++) {
            step(
                    staircase.steps().get(k),
                    staircase.isBelow(k),
                    units.get(2 * k).input(),
                    units.get(2 * k + 1).input());
        }
        var written = new LinkedHashMap<Direction, Bound>();
        up.forEach((d, sum) -> written.put(d, sum.bound()));
        down.forEach((d, sum) -> written.merge(d, sum.bound(), Bound::or));
        return written;
    }

    private void step(Step step, boolean below, LinearForm first, LinearForm second) {
        double gap = step.right() - step.left();
        double middle = step.left() + gap / 2;
        double slope = 2 / gap;
        double meant = below ? slope * (middle - shift) : slope * (shift - middle);
        double off = Math.abs(meant - (first.constant() + second.constant()) / 2) / slope
                + x.noiseBeyond(step.left(), step.right())
                + stream.oneError() * (Math.abs(shift - middle) + gap)
                + u * (x.terms() + 5) * (x.size() + Math.abs(middle));
        margin = Math.min(margin, gap / 2 - off);
        slack = Math.min(slack, gap / 4 - off);
        strain = Math.max(strain, off / (gap / 4));
        double most = slope * (below ? step.right() - staircase.low() : staircase.high() - step.left()) + 1;
        FormBound in = stream.form(first);
        double inputs = in.kept() && stream.form(second).kept() ? in.grid() : BinaryGrid.NONE;
        boolean exact = isExact(first.constant(), second.constant(), most);
        double constants = isStored(first.constant(), second.constant()) ? 0 : 4 * u * (Math.abs(meant) + 1);
        double error = stream.oneError()
                + atBos(slope * x.error(), first.constant(), second.constant())
                + (exact || inputs > 0 ? 0 : 2 * u * most + constants);
        double room = exact ? -first.constant() : -1;
        Map<Direction, RunningSum> sums = below ? down : up;
        step.change()
                .terms()
                .forEach((d, c) -> sums.computeIfAbsent(d, n -> new RunningSum(others.getOrDefault(d, Before.NOTHING)))
                        .add(below ? -c : c, error, most, room, inputs));
    }

    /**
     * What a step around 0 writes at BOS, where the number is 0 but for edits. Constants above 0 are taken off there: two of them, and both
     * units read the same; one, and the first unit is on alone; none, and it is on as far as the noise is above its constant.
     */
    private double atBos(double noise, double first, double second) {
        boolean differ = stream.oneError() > 0 && second <= 0;
        return differ ? Math.max(0, noise + Math.min(0, first)) : 0;
    }

    /**
     * Whether a step's two units differ by exactly 1, whatever noise the number carries. Both are {@code p + c} with the same p,
     * and constants c of few digits that are at most 0. Where the unit is on, p is greater than {@code -c} and so {@code p + c} between 0
     * and p; it is a multiple of p's last digit, since c is, so nothing is rounded, and neither is the difference.
     */
    private boolean isExact(double first, double second, double most) {
        double grid = Math.min(BinaryGrid.of(first), BinaryGrid.of(second));
        return isStored(first, second) && first <= 0 && 2 * u * (most - second) <= grid;
    }

    /** Whether constants that differ by 1 do so as they are stored. */
    private boolean isStored(double first, double second) {
        return first - second == 1 && stream.isExact(first) && stream.isExact(second);
    }

    /** The running sum in one direction. */
    private final class RunningSum {
        private final Before others;
        private double now;
        private double low;
        private double high;
        private double differences;
        private double roundings;
        private boolean clean = true;
        private double grid = BinaryGrid.ANY;

        RunningSum(Before others) {
            this.others = others;
        }

        /**
         * @param error of the difference of the step's two units
         * @param most how great they can be
         * @param room up to which size ints can be added to them and taken off without rounding; negative: not at all
         * @param inputs the grid of the units, or none
         */
        void add(double c, double error, double most, double room, double inputs) {
            double before = Math.abs(now) + others.most();
            double size = Math.abs(c) * most;
            clean &= error == 0
                    && ((Math.abs(c) == 1 && fits(now * c <= 0, before, room)) || isKept(c, before + size, inputs));
            differences += Math.abs(c) * error;
            now += c;
            double after = Math.abs(now) + others.most();
            roundings += u * (before + after + (Math.abs(c) == 1 ? 1 : 3) * size);
            low = Math.min(low, now);
            high = Math.max(high, now);
            grid = Math.min(grid, BinaryGrid.of(c));
        }

        /** Whether a sum of ints, taken off a number of any digits or added to it, leaves it its digits; noise in it does not. */
        private boolean fits(boolean lower, double before, double room) {
            double ints = Math.min(grid, others.grid());
            boolean fits = before <= room || (lower && others.size() == 0 && before <= 1 && room >= 0);
            return fits && ints >= 1 && others.noise() == 0;
        }

        private boolean isKept(double c, double size, double inputs) {
            double all = Math.min(BinaryGrid.of(c) * inputs, Math.min(grid, others.grid()));
            return stream.isExact(c) && BinaryGrid.keeps(all, size, others.noise(), u);
        }

        Bound bound() {
            return new Bound(low, high, clean ? 0 : differences + roundings, grid);
        }
    }
}
