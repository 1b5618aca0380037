package io.rasplens.compiler.readout;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A linear combination of residual dimensions, and a constant.
 *
 * @param weights by dimension; none is 0
 */
record AffineForm(ImmutableSortedMap<Integer, Double> weights, double constant) {
    static final AffineForm ZERO = constant(0);

    static AffineForm constant(double value) {
        return new AffineForm(ImmutableSortedMap.of(), value);
    }

    static AffineForm of(int dimension, double weight, double constant) {
        return new AffineForm(ImmutableSortedMap.of(dimension, weight), constant);
    }

    AffineForm plus(AffineForm other) {
        var sum = new TreeMap<Integer, Double>(weights);
        other.weights.forEach((dimension, weight) -> sum.merge(dimension, weight, Double::sum));
        sum.values().removeIf(weight -> weight == 0);
        return new AffineForm(ImmutableSortedMap.copyOfSorted(sum), constant + other.constant);
    }

    AffineForm times(double factor) {
        if (factor == 0) {
            return ZERO;
        }
        var product = new TreeMap<Integer, Double>();
        for (Map.Entry<Integer, Double> entry : weights.entrySet()) {
            product.put(entry.getKey(), entry.getValue() * factor);
        }
        return new AffineForm(ImmutableSortedMap.copyOfSorted(product), constant * factor);
    }
}
