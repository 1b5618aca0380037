package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.LayerWeights;

/**
 * How wide one layer really is inside its rectangular tensors.
 *
 * @param queryKey per head
 * @param value per head
 * @param hidden MLP units
 */
record LayerWidths(ImmutableList<Integer> queryKey, ImmutableList<Integer> value, int hidden) {
    static LayerWidths of(LayerWeights layer) {
        return new LayerWidths(
                layer.heads().stream().map(h -> h.queryKeyWidth()).collect(ImmutableList.toImmutableList()),
                layer.heads().stream().map(h -> h.valueWidth()).collect(ImmutableList.toImmutableList()),
                layer.mlp().hiddenWidth());
    }

    /** Every layer as wide as its tensors. */
    static ImmutableList<LayerWidths> full(WeightLayout layout) {
        ImmutableList<Integer> heads = java.util.Collections.nCopies(layout.heads(), layout.dHead()).stream()
                .collect(ImmutableList.toImmutableList());
        return java.util.Collections.nCopies(layout.layers(), new LayerWidths(heads, heads, layout.dMlp())).stream()
                .collect(ImmutableList.toImmutableList());
    }

    boolean fits(WeightLayout layout) {
        return queryKey.size() == value.size()
                && queryKey.size() <= layout.heads()
                && queryKey.stream().allMatch(w -> w <= layout.dHead())
                && value.stream().allMatch(w -> w <= layout.dHead())
                && hidden <= layout.dMlp();
    }
}
