package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;

/** What one part writes and another reads, through one of its inputs. */
public record Edge(Component from, Component to, Via via) {
    public Edge {
        if (!from.before(to) || !via.fits(to)) {
            throw new EngineException(
                    EngineCode.UNKNOWN_HOOK,
                    to + " does not read " + from + " through " + via.word(),
                    "A part reads what is written before it: heads through q, k and v, MLPs through mlp, the logits"
                            + " through logits.");
        }
    }

    /** All that a model's parts could read of each other, receivers in the order of computation. */
    public static ImmutableList<Edge> all(CompiledModel model) {
        ImmutableList<Component> parts = Component.all(model);
        ImmutableList.Builder<Edge> edges = ImmutableList.builder();
        for (Component to : parts) {
            for (Via via : Via.values()) {
                if (via.fits(to)) {
                    parts.stream().filter(from -> from.before(to)).forEach(from -> edges.add(new Edge(from, to, via)));
                }
            }
        }
        return edges.build();
    }

    /** Edits of a single edge of a model with norms would not be sums of what the parts write. */
    public static void requireNoFinalNorm(CompiledModel model) {
        if (model.config().normalization() != Normalization.NONE) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    "the logits of a model with a final normalisation are no sum of what its parts write",
                    "patch the parts themselves instead");
        }
    }

    @Override
    public String toString() {
        return from + " -> " + to + " (" + via.word() + ")";
    }
}
