package io.rasplens.compiler.certify;

import io.rasplens.compiler.space.Blocks;
import io.rasplens.compiler.space.Direction;
import io.rasplens.compiler.space.LinearForm;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** Bound on the sum of errors over a family, where better than adding them up. */
    private final Map<String, Double> familyError = new HashMap<>();

    /** @param unit the unit roundoff of the arithmetic, u: a result x is stored as x(1 + e), |e| ≤ u */
    StreamBounds(double unit) {
        this.unit = unit;
    }

    /** What the embedding writes. Token and position rows are added once: one rounding where both write. */
    static StreamBounds embedded(Blocks blocks, double unit) {
        var stream = new StreamBounds(unit);
        Map<Direction, Bound> tokens = stream.rows(List.copyOf(blocks.tokens().values()));
        Map<Direction, Bound> positions = stream.rows(blocks.positions());
        tokens.forEach(stream.bounds::put);
        positions.forEach((d, b) -> stream.write(d, b, b.error()));
        return stream;
    }

    private Map<Direction, Bound> rows(List<LinearForm> rows) {
        var seen = new HashMap<Direction, Bound>();
        var count = new HashMap<Direction, Integer>();
        for (LinearForm row : rows) {
            row.terms().forEach((d, v) -> {
                double error = isExact(v) ? 0 : unit * Math.abs(v);
                seen.merge(
                        d,
                        new Bound(v, v, error),
                        (a, b) -> new Bound(
                                Math.min(a.low(), b.low()),
                                Math.max(a.high(), b.high()),
                                Math.max(a.error(), b.error())));
                count.merge(d, 1, Integer::sum);
            });
        }
        seen.replaceAll((d, b) -> count.getOrDefault(d, 0) == rows.size()
                ? b
                : new Bound(Math.min(0, b.low()), Math.max(0, b.high()), b.error()));
        return seen;
    }

    /** Whether a weight is stored without rounding: float64 stores all, float32 those of few digits. */
    private boolean isExact(double weight) {
        return unit <= CertifyBlocks.FLOAT64 || (float) weight == weight;
    }

    Bound bound(Direction direction) {
        return bounds.getOrDefault(direction, Bound.ZERO);
    }

    double unit() {
        return unit;
    }

    /** Adds to a direction. */
    void write(Direction direction, Bound added, double familyShare) {
        Bound before = bound(direction);
        double low = before.low() + added.low();
        double high = before.high() + added.high();
        double rounding =
                before.isExactZero() || added.isExactZero() ? 0 : unit * Math.max(Math.abs(low), Math.abs(high));
        if (direction.value().isPresent()) {
            low = Math.max(low, -1);
            high = Math.min(high, 1);
        }
        bounds.put(direction, new Bound(low, high, before.error() + added.error() + rounding));
        if (direction.value().isPresent()) {
            familyError.merge(direction.name(), familyShare + rounding, Double::sum);
        }
    }

    /** A form as it is read: its products and sums rounded. */
    FormBound form(LinearForm form) {
        double low = 0;
        double high = 0;
        double noise = 0;
        double zeroNoise = 0;
        double size = 0;
        int terms = 0;
        boolean exact = true;
        var families = new HashMap<String, Family>();
        for (Map.Entry<Direction, Double> term : form.terms().entrySet()) {
            Bound b = bound(term.getKey());
            double c = term.getValue();
            exact &= isExact(c);
            if (term.getKey().value().isPresent()) {
                families.computeIfAbsent(term.getKey().name(), n -> new Family())
                        .add(b, c);
                continue;
            }
            low += Math.min(c * b.low(), c * b.high());
            high += Math.max(c * b.low(), c * b.high());
            noise += Math.abs(c) * b.error();
            size += Math.abs(c) * b.magnitude();
            terms += b.isExactZero() ? 0 : 1;
            exact &= b.low() == 1 && b.high() == 1 && b.error() == 0;
        }
        for (Map.Entry<String, Family> entry : families.entrySet()) {
            Family family = entry.getValue();
            double joint = familyError.getOrDefault(entry.getKey(), 0.0);
            double own = Math.min(family.noise, family.largest * joint);
            low += Math.min(0, family.lowOne) + family.lowBase;
            high += Math.max(0, family.highOne) + family.highBase;
            noise += own;
            zeroNoise += own;
            size += family.one + family.base;
            terms += family.bases + 1;
            exact &= family.bases == 0;
        }
        // One product with an exact 1 or 0 doesn't round; else a rounding per product (its weight's included) and per
        // sum.
        double rounding = terms <= 1 && exact ? 0 : unit * (terms + 3) * size;
        return new FormBound(low, high, noise + zeroNoise + rounding, noise, size, terms);
    }

    /** Several forms at once. */
    VectorBound vector(List<LinearForm> forms) {
        double most = 0;
        double error = 0;
        double each = 0;
        boolean exact = true;
        double coefficient = Double.NaN;
        var columns = new HashMap<Direction, double[]>();
        for (LinearForm form : forms) {
            FormBound bound = form(form);
            most = Math.max(most, bound.magnitude());
            error = Math.max(error, bound.error());
            each += bound.error();
            exact &= bound.noise() == 0 && bound.terms() <= 1;
            for (Map.Entry<Direction, Double> term : form.terms().entrySet()) {
                double[] column = columns.computeIfAbsent(term.getKey(), d -> new double[2]);
                column[0] += Math.abs(term.getValue());
                column[1]++;
                coefficient = Double.isNaN(coefficient) ? term.getValue() : coefficient;
                exact &= coefficient == term.getValue();
            }
        }
        double sum = 0;
        double terms = 0;
        double total = 0;
        double largestColumn = 0;
        double largestCount = 0;
        var one = new HashMap<String, double[]>();
        var names = new HashSet<String>();
        for (Map.Entry<Direction, double[]> entry : columns.entrySet()) {
            Direction d = entry.getKey();
            double[] column = entry.getValue();
            Bound b = bound(d);
            largestColumn = Math.max(largestColumn, column[0]);
            largestCount = Math.max(largestCount, column[1]);
            if (d.value().isPresent()) {
                names.add(d.name());
                double[] best = one.computeIfAbsent(d.name(), n -> new double[2]);
                best[0] = Math.max(best[0], b.high() > 0 ? column[0] * b.high() : 0);
                best[1] = Math.max(best[1], b.high() > 0 ? column[1] : 0);
                sum += b.low() < 0 ? column[0] * -b.low() : 0;
                terms += b.low() < 0 ? column[1] : 0;
            } else {
                sum += column[0] * b.magnitude();
                terms += b.isExactZero() ? 0 : column[1];
                total += column[0] * b.error();
            }
        }
        for (double[] best : one.values()) {
            sum += best[0];
            terms += best[1];
        }
        for (String name : names) {
            total += largestColumn * familyError.getOrDefault(name, 0.0);
        }
        total = 2 * total + unit * (terms + 3) * sum;
        // Whether exact or not depends on which direction is meant only if several are on at once.
        return new VectorBound(
                sum, most, error, Math.min(each, total), (int) Math.min(terms, forms.size()), exact && terms <= 1);
    }

    /** The one-hot families that a form reads. */
    static Set<String> families(LinearForm form) {
        var names = new HashSet<String>();
        for (Direction direction : form.terms().keySet()) {
            if (direction.value().isPresent()) {
                names.add(direction.name());
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
        double base;
        double noise;
        double largest;
        int bases;

        void add(Bound b, double c) {
            if (b.high() > 0) {
                lowOne = Math.min(lowOne, c * b.high());
                highOne = Math.max(highOne, c * b.high());
                one = Math.max(one, Math.abs(c) * b.high());
            }
            if (b.low() < 0) {
                lowBase += Math.min(0, c * b.low());
                highBase += Math.max(0, c * b.low());
                base += Math.abs(c * b.low());
                bases++;
            }
            noise += Math.abs(c) * b.error();
            largest = Math.max(largest, Math.abs(c));
        }
    }
}
