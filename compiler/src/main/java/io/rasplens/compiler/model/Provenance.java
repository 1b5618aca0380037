package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.part.Anatomy;
import java.util.Optional;

/**
 * Where each part came from; empty lists where nothing is known (an imported model).
 *
 * @param heads per layer, per head
 * @param neurons per layer, per hidden unit
 * @param dimensions per residual dimension
 * @param anatomy what the parts are, as structure
 */
public record Provenance(
        ImmutableList<ImmutableList<Origin>> heads,
        ImmutableList<ImmutableList<Origin>> neurons,
        ImmutableList<Origin> dimensions,
        Optional<Anatomy> anatomy) {
    public static final Provenance UNKNOWN = new Provenance(ImmutableList.of(), ImmutableList.of(), ImmutableList.of());

    /** In words alone. */
    public Provenance(
            ImmutableList<ImmutableList<Origin>> heads,
            ImmutableList<ImmutableList<Origin>> neurons,
            ImmutableList<Origin> dimensions) {
        this(heads, neurons, dimensions, Optional.empty());
    }

    /** The same with other structure. */
    public Provenance with(Anatomy parts) {
        return new Provenance(heads, neurons, dimensions, Optional.of(parts));
    }
}
