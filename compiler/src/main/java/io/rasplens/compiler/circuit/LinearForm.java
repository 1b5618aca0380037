package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.TreeMap;

/** A linear combination of directions: what a row or column of a weight matrix is, before directions have numbers. */
public record LinearForm(ImmutableSortedMap<Direction, Double> terms) {
    public static final LinearForm ZERO = new LinearForm(ImmutableSortedMap.of());

    public static LinearForm of(Direction direction) {
        return of(direction, 1);
    }

    public static LinearForm of(Direction direction, double coefficient) {
        return coefficient == 0 ? ZERO : new LinearForm(ImmutableSortedMap.of(direction, coefficient));
    }

    /** The number {@code value} on every token but BOS. */
    public static LinearForm constant(double value) {
        return of(Direction.ONE, value);
    }

    /** What is added on every token but BOS: the coefficient of {@code one}, which stands behind all others. */
    public double constant() {
        Map.Entry<Direction, Double> last = terms.lastEntry();
        return last != null && last.getKey().equals(Direction.ONE) ? last.getValue() : 0;
    }

    public LinearForm plus(LinearForm other) {
        if (other.terms.isEmpty()) {
            return this;
        }
        var sum = new TreeMap<Direction, Double>(terms);
        other.terms.forEach((direction, c) -> sum.merge(direction, c, Double::sum));
        return ofSorted(sum);
    }

    /** The sum of many forms. */
    public static LinearForm sum(Iterable<LinearForm> forms) {
        var sum = new TreeMap<Direction, Double>();
        forms.forEach(form -> form.terms.forEach((direction, c) -> sum.merge(direction, c, Double::sum)));
        return ofSorted(sum);
    }

    public LinearForm minus(LinearForm other) {
        return plus(other.times(-1));
    }

    public LinearForm times(double factor) {
        if (factor == 1) {
            return this;
        }
        var scaled = new TreeMap<>(terms);
        scaled.replaceAll((direction, c) -> c * factor);
        return ofSorted(scaled);
    }

    public boolean isZero() {
        return terms.isEmpty();
    }

    /** The form with these coefficients; zeros are dropped. */
    public static LinearForm ofMap(Map<Direction, Double> coefficients) {
        ImmutableSortedMap.Builder<Direction, Double> kept = ImmutableSortedMap.naturalOrder();
        coefficients.forEach((direction, c) -> {
            if (c != 0) {
                kept.put(direction, c);
            }
        });
        return new LinearForm(kept.build());
    }

    /** The same of a map that nobody else has: what is in order is copied without comparing. */
    private static LinearForm ofSorted(TreeMap<Direction, Double> coefficients) {
        coefficients.values().removeIf(c -> c == 0);
        return new LinearForm(ImmutableSortedMap.copyOfSorted(coefficients));
    }

    @Override
    public String toString() {
        var out = new StringBuilder();
        terms.forEach((direction, c) -> out.append(out.isEmpty() ? "" : " + ")
                .append(c == 1 ? "" : c + "·")
                .append(direction));
        return out.isEmpty() ? "0" : out.toString();
    }
}
