package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Which blocks share a layer. */
final class LayerAllocation {
    private LayerAllocation() {}

    /**
     * Blocks by layer: one layer per depth, except that a depth of nothing but heads and the next one of nothing but MLPs
     * share one. At least one layer.
     */
    static ImmutableList<ImmutableList<Block>> of(List<Block> circuit) {
        var byDepth = new TreeMap<Integer, List<Block>>();
        for (Block block : circuit) {
            byDepth.computeIfAbsent(block.depth(), d -> new ArrayList<>()).add(block);
        }
        var depths = new ArrayList<>(byDepth.values());
        ImmutableList.Builder<ImmutableList<Block>> layers = ImmutableList.builder();
        for (int d = 0; d < depths.size(); d++) {
            ImmutableList.Builder<Block> layer = ImmutableList.<Block>builder().addAll(depths.get(d));
            if (d + 1 < depths.size()
                    && depths.get(d).stream().allMatch(Block::attentionOnly)
                    && depths.get(d + 1).stream().allMatch(Block::mlpOnly)) {
                d++;
                layer.addAll(depths.get(d));
            }
            layers.add(layer.build());
        }
        return circuit.isEmpty() ? ImmutableList.of(ImmutableList.of()) : layers.build();
    }
}
