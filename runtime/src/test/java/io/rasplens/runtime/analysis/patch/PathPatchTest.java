package io.rasplens.runtime.analysis.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.CompiledProgram;
import io.rasplens.runtime.analysis.Component;
import io.rasplens.runtime.analysis.Edge;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.analysis.Via;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PathPatchTest {
    private final HookedTransformer model =
            CompiledProgram.example("double_hist", 1).transformer();
    private final TokenBatch tokens = model.encode(List.of("a", "b", "b", "c"));
    private final TokenBatch donor = model.encode(List.of("a", "a", "a", "d"));
    private final PathPatch patch = new PathPatch(model, tokens, donor);

    @Test
    void noEdgeIsTheRunItselfAndAllEdgesAreTheDonors() {
        assertThat(patch.run(List.of())).isEqualTo(model.forward(tokens));
        assertThat(patch.run(Edge.all(model.model())).maxDifference(model.forward(donor)))
                .isLessThan(1e-9);
        assertThat(model.hooks().size()).isZero();
    }

    @Test
    void anEdgeIsTheReadersInputWithTheDifferenceOfTheTwoOutputs() {
        ActivationCache own = model.runWithCache(tokens).cache();
        ActivationCache other = model.runWithCache(donor).cache();
        Tensor delta = other.get(HookName.mlpOut(0)).minus(own.get(HookName.mlpOut(0)));
        Tensor expected = model.forward(
                tokens,
                RunOptions.PLAIN.hook(
                        HookName.kInput(1),
                        Hook.replace((input, point) -> input.withSlice(
                                "head", 0, input.slice("head", 0).plus(delta)))));

        Tensor logits = patch.run(List.of(new Edge(Component.mlp(0), Component.head(1, 0), Via.K)));
        assertThat(logits.maxDifference(expected)).isLessThan(1e-12);
        assertThat(logits.maxDifference(model.forward(tokens))).isGreaterThan(1e-3);
    }

    @Test
    void theTableHasEveryReaderAndWriterAndNothingBackwards() {
        Recovery recovery = Recovery.between(model, donor, tokens, OptionalInt.empty());
        LabelledTable table = patch.direct(recovery);

        assertThat(table.columns()).contains("embed", "pos_embed", "blocks.0.attn.head.0");
        int row = table.rows().indexOf("blocks.0.attn.head.0:q");
        assertThat(table.find(row, table.columns().indexOf("blocks.0.mlp"))).isEmpty();
        assertThat(table.find(row, table.columns().indexOf("embed"))).isPresent();
    }

    @Test
    void whatReadsNothingOfTheOtherIsNoEdge() {
        assertThatThrownBy(() -> new Edge(Component.mlp(0), Component.head(0, 0), Via.Q))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("does not read");
        assertThatThrownBy(() -> new Edge(Component.EMBED, Component.mlp(0), Via.Q))
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> Component.parse(model.model(), "blocks.0.attn.head.7"))
                .isInstanceOf(EngineException.class);
        assertThat(Component.parse(model.model(), "blocks.0.mlp")).isEqualTo(Component.mlp(0));
    }
}
