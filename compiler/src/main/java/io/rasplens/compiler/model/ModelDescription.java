package io.rasplens.compiler.model;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a model's parts mean. Nothing of it is needed to run the model, so that the compiler works it out where it is first asked for, from
 * any thread.
 */
public final class ModelDescription {
    private final boolean given;
    private final Supplier<Told> told;

    private record Told(
            ImmutableList<ResidualLabel> labels, ImmutableList<SopReadout> readouts, Provenance provenance) {}

    private ModelDescription(boolean given, Supplier<Told> told) {
        this.given = given;
        this.told = told;
    }

    /**
     * What somebody says of a model, and may be wrong about.
     *
     * @param labels see {@link #labels()}
     * @param readouts see {@link #readouts()}
     * @param provenance see {@link #provenance()}
     */
    public static ModelDescription of(
            ImmutableList<ResidualLabel> labels, ImmutableList<SopReadout> readouts, Provenance provenance) {
        var known = new Told(labels, readouts, provenance);
        return new ModelDescription(true, () -> known);
    }

    /** What is worked out later; asked once at the most. */
    public static ModelDescription later(Supplier<ModelDescription> description) {
        return new ModelDescription(
                false, Suppliers.memoize(() -> description.get().told.get()));
    }

    /** Whether it was given with the model, and not worked out from it. */
    public boolean isGiven() {
        return given;
    }

    /** One per residual dimension; empty if unknown. */
    public ImmutableList<ResidualLabel> labels() {
        return told.get().labels();
    }

    /** S-ops that can be read from the residual stream by name. */
    public ImmutableList<SopReadout> readouts() {
        return told.get().readouts();
    }

    /** Where each part came from. */
    public Provenance provenance() {
        return told.get().provenance();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModelDescription that && told.get().equals(that.told.get());
    }

    @Override
    public int hashCode() {
        return told.get().hashCode();
    }

    @Override
    public String toString() {
        return told.get().toString();
    }
}
