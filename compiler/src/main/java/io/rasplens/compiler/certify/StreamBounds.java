package io.rasplens.compiler.certify;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The residual stream as bounds: what every direction can hold, and how wrong it may be.
 *
 * <p>One-hot directions of one name are a family: at most one of them stands for 1, the others for 0, but for directions that
 * start at 1 in the forms that read them and hold -1 once another takes over. That is why a sum over a family is no larger than its
 * largest coefficients, however many values there are.
 */
final class StreamBounds {
    private final double unit;
    private final Map<Direction, Bound> bounds = new HashMap<>();

    /** Parts of errors that one block wrote and that are all the same number but for a factor. */
    private final Map<Direction, SharedError> shared = new HashMap<>();

    /** Bound on the sum of errors over a family, where better than adding them up. */
    private final Map<Feature, Double> familyError = new HashMap<>();

    /** What the stream is edited by, again and again. */
    private Edits edits = Edits.NONE;

    private int edited;

    /** How many edits each feature's directions have had so far: most are read once or twice, and what nobody asks for any more stays behind. */
    private final Map<Feature, Integer> settled = new HashMap<>();

    /** What has been asked for since the stream last changed: heads read the same forms as queries, keys and values, alone and together. */
    private final IdentityHashMap<LinearForm, FormBound> read = new IdentityHashMap<>();

    /** @param unit the unit roundoff of the arithmetic, u: a result x is stored as x(1 + e), |e| ≤ u */
    StreamBounds(double unit) {
        this.unit = unit;
    }

    /** What the embedding writes. Token and position rows are added once: one rounding where both write. */
    static StreamBounds embedded(Circuit circuit, double unit) {
        var stream = new StreamBounds(unit);
        Map<Direction, Bound> tokens = stream.rows(List.copyOf(circuit.tokens().values()));
        Map<Direction, Bound> positions = stream.rows(circuit.positions());
        tokens.forEach(stream.bounds::put);
        positions.forEach((d, b) -> stream.write(d, b, b.error()));
        return stream;
    }

    /** The same stream, to be written to apart. */
    StreamBounds copy() {
        settle();
        var copy = new StreamBounds(unit);
        copy.bounds.putAll(bounds);
        copy.shared.putAll(shared);
        copy.familyError.putAll(familyError);
        return copy;
    }

    private Map<Direction, Bound> rows(List<LinearForm> rows) {
        var entries = new HashMap<Direction, Entries>();
        for (LinearForm row : rows) {
            row.terms()
                    .forEach((d, v) ->
                            entries.computeIfAbsent(d, n -> new Entries()).add(v));
        }
        var seen = new HashMap<Direction, Bound>();
        entries.forEach((d, column) -> seen.put(d, column.bound(rows.size())));
        return seen;
    }

    /** What rows of weights hold of one direction. */
    private final class Entries {
        private double low = Double.POSITIVE_INFINITY;
        private double high = Double.NEGATIVE_INFINITY;
        private double error;
        private double grid = BinaryGrid.ANY;
        private int count;

        void add(double weight) {
            low = Math.min(low, weight);
            high = Math.max(high, weight);
            error = Math.max(error, isExact(weight) ? 0 : unit * Math.abs(weight));
            grid = Math.min(grid, BinaryGrid.of(weight));
            count++;
        }

        /** @param rows how many there are; those that say nothing of it hold 0 */
        Bound bound(int rows) {
            return count == rows
                    ? new Bound(low, high, error, grid)
                    : new Bound(Math.min(0, low), Math.max(0, high), error, grid);
        }
    }

    /** Whether a weight is stored without rounding: float64 stores all, float32 those of few digits. */
    boolean isExact(double weight) {
        return unit <= Roundoff.FLOAT64 || (float) weight == weight;
    }

    Bound bound(Direction direction) {
        settle(direction.feature());
        return bounds.getOrDefault(direction, Bound.ZERO);
    }

    private double familyError(Feature feature) {
        settle(feature);
        return familyError.getOrDefault(feature, 0.0);
    }

    double unit() {
        return unit;
    }

    /**
     * Lets every coordinate be off by as much as it may be edited by. Constants are read as 1 less the coordinate {@code bos}, and share its
     * edits.
     */
    void edit(Edits edits) {
        if (edits.isNone()) {
            return;
        }
        if (!edits.equals(this.edits)) {
            settle();
            this.edits = edits;
        }
        edited++;
        forget();
        Bound one = bound(Direction.ONE);
        bounds.put(Direction.ONE, new Bound(one.low(), one.high(), one.error() + edits.size(), BinaryGrid.NONE));
        Bound bos = bound(Direction.BOS);
        bounds.put(Direction.BOS, new Bound(bos.low(), bos.high(), bos.error() + edits.size(), BinaryGrid.NONE));
    }

    private void settle() {
        edits.ranges().keySet().forEach(this::settle);
        settled.clear();
        edited = 0;
    }

    /** Does to a feature's directions what edits have not done yet, one edit of all of them after the other. */
    private void settle(Feature feature) {
        int before = edited == 0 ? 0 : settled.getOrDefault(feature, 0);
        if (before == edited) {
            return;
        }
        settled.put(feature, edited);
        ImmutableList<Edits.EditedRange> ranges = edits.ranges().get(feature);
        Bound[] held = new Bound[ranges.size()];
        Arrays.setAll(held, d -> bounds.getOrDefault(ranges.get(d).direction(), Bound.ZERO));
        for (int edit = before; edit < edited; edit++) {
            for (int d = 0; d < held.length; d++) {
                double size = edits.size() * ranges.get(d).width();
                held[d] = added(ranges.get(d).direction(), held[d], new Bound(0, 0, size, BinaryGrid.NONE), size);
            }
        }
        for (int d = 0; d < held.length; d++) {
            bounds.put(ranges.get(d).direction(), held[d]);
        }
    }

    /** How far apart the numbers are that stand in each coordinate but those of constants, 0 among them. */
    ImmutableMap<Direction, Double> ranges() {
        settle();
        var ranges = new TreeMap<Direction, Double>();
        bounds.forEach((direction, bound) -> {
            if (!direction.equals(Direction.ONE) && !direction.equals(Direction.BOS)) {
                ranges.put(direction, Math.max(0, bound.high()) - Math.min(0, bound.low()));
            }
        });
        return ImmutableMap.copyOf(ranges);
    }

    /** The error of the constant 1. */
    double oneError() {
        return bound(Direction.ONE).error();
    }

    /** Adds to a direction. */
    void write(Direction direction, Bound added, double familyShare) {
        forget();
        bounds.put(direction, added(direction, bound(direction), added, familyShare));
    }

    private Bound added(Direction direction, Bound before, Bound added, double familyShare) {
        double rounds = before.isExactZero() || added.isExactZero() || isKept(before, added) ? 0 : unit;
        Bound sum = before.plus(added, rounds);
        if (direction.value().isEmpty()) {
            return sum;
        }
        familyError.merge(direction.feature(), familyShare + rounds * sum.magnitude(), Double::sum);
        return new Bound(Math.max(sum.low(), -1), Math.min(sum.high(), 1), sum.error(), sum.grid());
    }

    /**
     * A part of a direction's error: one number, which only the block knows, times a factor.
     *
     * @param size with the factor's sign
     */
    private record SharedError(int block, double size) {}

    /** Says that a part of the error just written is {@code size}, at the most, of what all that the block wrote share. */
    void share(Direction direction, int block, double size) {
        if (size != 0) {
            forget();
            SharedError before = shared.get(direction);
            boolean other = before != null && before.block() != block;
            shared.put(direction, new SharedError(block, other ? 0 : size + (before == null ? 0 : before.size())));
        }
    }

    private boolean isKept(Bound a, Bound b) {
        return BinaryGrid.keeps(
                Math.min(a.grid(), b.grid()), a.magnitude() + b.magnitude(), a.error() + b.error(), unit);
    }

    /** A form as it is read: its products and sums rounded. */
    FormBound form(LinearForm form) {
        return read.computeIfAbsent(form, this::bounded);
    }

    /** After a change; most follow each other, and emptying a map costs what its room does. */
    private void forget() {
        if (!read.isEmpty()) {
            read.clear();
        }
    }

    private FormBound bounded(LinearForm form) {
        double low = 0;
        double high = 0;
        double noise = 0;
        double size = 0;
        int terms = 0;
        boolean exact = true;
        boolean stored = true;
        double grid = BinaryGrid.ANY;
        int numbers = 0;
        double ofOne = 0;
        boolean bearsEdits = false;
        boolean constantRead = false;
        FormBound.Single single = FormBound.Single.NONE;
        var families = new HashMap<Feature, Family>();
        var together = new HashMap<Integer, Double>();
        Set<Direction> starting = starting(form);
        double constant = form.constant();
        for (Map.Entry<Direction, Double> term : form.terms().entrySet()) {
            Bound b = bound(term.getKey());
            double c = term.getValue();
            stored &= isExact(c);
            grid = Math.min(grid, BinaryGrid.of(c) * b.grid());
            if (term.getKey().value().isPresent()) {
                boolean starts = starting.contains(term.getKey());
                constant -= starts ? c : 0;
                size += Math.abs(c) * Math.max(0, -b.low());
                families.computeIfAbsent(term.getKey().feature(), n -> new Family())
                        .add(b, c, starts);
                continue;
            }
            size += Math.abs(c) * b.magnitude();
            terms += b.isExactZero() ? 0 : 1;
            exact &= b.low() == 1 && b.high() == 1 && b.error() == 0;
            if (term.getKey().equals(Direction.ONE)) {
                constantRead = true;
                ofOne = Math.abs(c) * b.error();
                noise += ofOne;
            } else {
                low += Math.min(c * b.low(), c * b.high());
                high += Math.max(c * b.low(), c * b.high());
                SharedError part = shared.get(term.getKey());
                noise += Math.abs(c) * (b.error() - (part == null ? 0 : Math.abs(part.size())));
                if (part != null) {
                    together.merge(part.block(), c * part.size(), Double::sum);
                }
                numbers++;
                bearsEdits = b.centre() != 0;
                boolean powerOfTwo = Math.abs(c) == Math.scalb(1.0, Math.getExponent(c));
                single = new FormBound.Single(
                        constant + c * b.centre(), Math.abs(c) * b.base(), b.relative(), powerOfTwo);
            }
        }
        for (double part : together.values()) {
            noise += Math.abs(part);
        }
        low += constant;
        high += constant;
        double strays = 0;
        int wrong = 0;
        for (Map.Entry<Feature, Family> entry : families.entrySet()) {
            Family family = entry.getValue();
            double joint = familyError(entry.getKey());
            low += family.lowOne + family.lowBase;
            high += family.highOne + family.highBase;
            double own = Math.min(family.noise, family.largest * joint);
            noise += own;
            strays += own;
            wrong += family.wrong;
            size += family.one;
            terms += family.bases + 1;
        }
        boolean kept = stored && BinaryGrid.keeps(grid, size, noise, unit);
        noise += kept ? 0 : strays(strays, wrong, size);
        if (kept && constantRead) {
            // Numbers of so little noise are exact but where they stand for 0, and noise around 0 is lost beside the
            // constant.
            noise = 0;
        }
        // One product with an exact 1 or 0 doesn't round; else a rounding per product (its weight's included) and per
        // sum.
        double rounding = terms <= 1 && exact && stored ? 0 : unit * (terms + 3) * (kept ? noise : size);
        // Edits of what stands for 0 are no part of a bound that is relative to 0.
        boolean isSingle = numbers == 1 && families.isEmpty() && (oneError() == 0 || bearsEdits);
        return new FormBound(
                low,
                high,
                noise + rounding,
                noise,
                size,
                terms,
                grid,
                kept,
                isSingle ? single.plus(ofOne) : FormBound.Single.NONE);
    }

    /**
     * What noise of one-hots makes round that would not without it, as 0 and 1 don't. What is added to a double without noise rounds by no
     * more than that is, and by no more than two roundings of everything.
     *
     * @param noise of all one-hots, as it is read
     * @param wrong how many hold any
     */
    double strays(double noise, int wrong, double size) {
        return Math.min(noise * (1 + unit * (wrong + 3)), 2 * unit * wrong * (size + noise));
    }

    /**
     * The one-hot directions that are read as {@code c (d + 1)}, with d in [-1, 0]: what they stand for is 0 or c, and no other value of
     * their name is on where it is c.
     */
    private Set<Direction> starting(LinearForm form) {
        double constant = form.constant();
        if (constant == 0) {
            return Set.of();
        }
        var starting = new HashSet<Direction>();
        for (Map.Entry<Direction, Double> term : form.terms().entrySet()) {
            Bound b = bound(term.getKey());
            double c = term.getValue();
            if (term.getKey().value().isPresent() && b.low() < 0 && b.high() <= 0 && c * constant >= c * c) {
                starting.add(term.getKey());
                constant -= c;
            }
        }
        return starting;
    }

    /** Several forms at once. */
    VectorBound vector(List<LinearForm> forms) {
        double most = 0;
        double error = 0;
        double each = 0;
        boolean exact = true;
        boolean kept = true;
        double coefficient = Double.NaN;
        var columns = new HashMap<Direction, Column>();
        for (LinearForm form : forms) {
            FormBound bound = form(form);
            most = Math.max(most, bound.magnitude());
            error = Math.max(error, bound.error());
            each += bound.error();
            exact &= bound.noise() == 0 && bound.terms() <= 1;
            kept &= bound.kept();
            Set<Direction> starting = starting(form);
            for (Map.Entry<Direction, Double> term : form.terms().entrySet()) {
                double c = term.getValue();
                Column column = columns.computeIfAbsent(term.getKey(), d -> new Column());
                column.weight += Math.abs(c);
                column.count++;
                if (starting.contains(term.getKey())) {
                    column.starting += Math.abs(c);
                    columns.computeIfAbsent(Direction.ONE, d -> new Column()).starting += Math.abs(c);
                }
                coefficient = Double.isNaN(coefficient) ? c : coefficient;
                exact &= coefficient == c;
            }
        }
        double sum = 0;
        double size = 0;
        double terms = 0;
        double total = 0;
        double largestColumn = 0;
        double strays = 0;
        int wrong = 0;
        var one = new HashMap<Feature, Column>();
        for (Map.Entry<Direction, Column> entry : columns.entrySet()) {
            Direction d = entry.getKey();
            Column column = entry.getValue();
            Bound b = bound(d);
            largestColumn = Math.max(largestColumn, column.weight);
            if (d.value().isPresent()) {
                wrong += b.error() > 0 ? column.count : 0;
                Column best = one.computeIfAbsent(d.feature(), n -> new Column());
                best.weight = Math.max(best.weight, Math.max(column.weight * b.high(), column.starting));
                best.count = Math.max(best.count, b.high() > 0 ? column.count : 0);
                double below = Math.max(0, -b.low());
                sum += (column.weight - column.starting) * below;
                size += column.weight * below;
                terms += below > 0 ? column.count : 0;
            } else {
                // What starts at 1 has its part of the constant's column.
                sum += (column.weight - column.starting) * b.magnitude();
                size += column.weight * b.magnitude();
                terms += b.isExactZero() ? 0 : column.count;
                total += column.weight * b.error();
            }
        }
        for (Map.Entry<Feature, Column> best : one.entrySet()) {
            sum += best.getValue().weight;
            size += best.getValue().weight;
            terms += best.getValue().count;
            strays += largestColumn * familyError(best.getKey());
        }
        total += strays + (kept ? 0 : strays(strays, wrong, size));
        total += unit * (terms + 3) * (kept ? total : size);
        return new VectorBound(sum, most, error, Math.min(each, total), (int) Math.min(terms, forms.size()), exact);
    }

    /** What several forms read of one direction. */
    private static final class Column {
        double weight;
        double starting;
        int count;
    }

    /** The one-hot families that a form reads. */
    static Set<Feature> families(LinearForm form) {
        var names = new HashSet<Feature>();
        for (Direction direction : form.terms().keySet()) {
            if (direction.value().isPresent()) {
                names.add(direction.feature());
            }
        }
        return names;
    }

    /** What a form's terms in one family can add up to. */
    private static final class Family {
        double lowOne;
        double highOne;
        double one;
        double lowBase;
        double highBase;
        double noise;
        double largest;
        int bases;
        int wrong;

        /** @param starting whether the term is read together with as much of the constant 1 */
        void add(Bound b, double c, boolean starting) {
            double above = Math.max(0, b.high());
            double below = Math.min(0, b.low());
            double most = starting ? 1 : above;
            double least = starting ? 0 : below;
            lowOne = Math.min(lowOne, c * most);
            highOne = Math.max(highOne, c * most);
            one = Math.max(one, Math.abs(c) * above);
            bases += below < 0 ? 1 : 0;
            lowBase += Math.min(0, c * least);
            highBase += Math.max(0, c * least);
            noise += Math.abs(c) * b.error();
            wrong += b.error() > 0 ? 1 : 0;
            largest = Math.max(largest, Math.abs(c));
        }
    }
}
