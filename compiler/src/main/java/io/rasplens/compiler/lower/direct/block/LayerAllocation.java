package io.rasplens.compiler.lower.direct.block;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which blocks share a layer.
 *
 * @param layers at least one
 * @param stages by depth, from when on what was computed there can be read
 */
public record LayerAllocation(ImmutableList<Block> layers, ImmutableMap<Integer, Stage> stages) {

    /**
     * One layer per depth, except that a depth of nothing but heads and the next one of nothing but MLPs share one.
     */
    public static LayerAllocation of(List<DirectBlock> blocks) {
        var byDepth = new TreeMap<Integer, List<DirectBlock>>();
        for (DirectBlock block : blocks) {
            byDepth.computeIfAbsent(block.depth(), d -> new ArrayList<>()).add(block);
        }
        var depths = new ArrayList<>(byDepth.values());
        ImmutableList.Builder<Block> layers = ImmutableList.builder();
        ImmutableMap.Builder<Integer, Stage> stages = ImmutableMap.builder();
        int layer = 0;
        for (int d = 0; d < depths.size(); d++) {
            List<DirectBlock> here = new ArrayList<>(depths.get(d));
            boolean attention = here.stream().allMatch(DirectBlock::attentionOnly);
            stages.put(here.get(0).depth(), attention ? Stage.afterAttention(layer) : Stage.afterMlp(layer));
            if (attention && d + 1 < depths.size() && depths.get(d + 1).stream().allMatch(DirectBlock::mlpOnly)) {
                d++;
                here.addAll(depths.get(d));
                stages.put(depths.get(d).get(0).depth(), Stage.afterMlp(layer));
            }
            layers.add(layer(here));
            layer++;
        }
        return new LayerAllocation(
                layer == 0 ? ImmutableList.of(new Block(ImmutableList.of(), ImmutableList.of())) : layers.build(),
                stages.buildOrThrow());
    }

    private static Block layer(List<DirectBlock> blocks) {
        return new Block(
                blocks.stream()
                        .flatMap(block -> block.head().stream())
                        .map(DirectHead::head)
                        .collect(ImmutableList.toImmutableList()),
                blocks.stream().flatMap(block -> block.groups().stream()).collect(ImmutableList.toImmutableList()));
    }

    /** From when on what was computed at a depth can be read; 0 is what is embedded. */
    public Stage stage(int depth) {
        return depth == 0 ? Stage.EMBEDDING : Objects.requireNonNull(stages.get(depth));
    }
}
