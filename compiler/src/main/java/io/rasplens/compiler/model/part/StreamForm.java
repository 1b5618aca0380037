package io.rasplens.compiler.model.part;

import com.google.common.collect.ImmutableList;

/**
 * A linear combination of residual dimensions.
 *
 * @param constant what is added at every position but BOS
 */
public record StreamForm(ImmutableList<Weighted> terms, double constant) {

    /** So much of a dimension. */
    public record Weighted(int dimension, double weight) {}
}
