package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;

/**
 * Where each part came from; empty lists where nothing is known (an imported model).
 *
 * @param heads per layer, per head
 * @param neurons per layer, per hidden unit
 * @param dimensions per residual dimension
 */
public record Provenance(
        ImmutableList<ImmutableList<Origin>> heads,
        ImmutableList<ImmutableList<Origin>> neurons,
        ImmutableList<Origin> dimensions) {
    public static final Provenance UNKNOWN = new Provenance(ImmutableList.of(), ImmutableList.of(), ImmutableList.of());
}
