package io.rasplens.compiler.assemble;

import com.google.common.collect.ImmutableMap;

/**
 * A form over numbered dimensions.
 *
 * @param weights by dimension
 * @param bias what is added everywhere
 */
record CoordinateRow(ImmutableMap<Integer, Double> weights, double bias) {
    static final CoordinateRow ZERO = new CoordinateRow(ImmutableMap.of(), 0);

    CoordinateRow times(double factor) {
        ImmutableMap.Builder<Integer, Double> scaled = ImmutableMap.builder();
        weights.forEach((dimension, weight) -> scaled.put(dimension, weight * factor));
        return new CoordinateRow(scaled.buildOrThrow(), bias * factor);
    }
}
