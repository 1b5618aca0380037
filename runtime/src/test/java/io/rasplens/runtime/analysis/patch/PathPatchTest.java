package io.rasplens.runtime.analysis.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
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
import io.rasplens.runtime.transformer.RandomModels;
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

    /** Every edge of a model of two layers of heads, two inputs at once: the reader's input with the difference of two outputs. */
    @Test
    void everyEdgeIsThatDifference() {
        HookedTransformer random = HookedTransformer.load(RandomModels.plain(5, AttentionDirection.BIDIRECTIONAL));
        TokenBatch two = random.encodeBatch(List.of(List.of("a", "b"), List.of("c", "d")));
        TokenBatch others = random.encodeBatch(List.of(List.of("d", "a"), List.of("b", "b")));
        ActivationCache own = random.runWithCache(two).cache();
        ActivationCache other = random.runWithCache(others).cache();
        var patches = new PathPatch(random, two, others);
        ImmutableList<Edge> edges = Edge.all(random.model());
        int effective = 0;
        for (Edge edge : edges) {
            Tensor delta = written(other, edge.from()).minus(written(own, edge.from()));
            boolean head = edge.to().kind() == Component.ComponentKind.HEAD;
            int h = edge.to().head();
            Tensor expected = random.forward(
                    two,
                    RunOptions.PLAIN.hook(
                            edge.via().input(edge.to()),
                            Hook.replace((input, point) -> head
                                    ? input.withSlice(
                                            "head", h, input.slice("head", h).plus(delta))
                                    : input.plus(delta))));
            assertThat(patches.run(List.of(edge)).maxDifference(expected))
                    .as("%s", edge)
                    .isLessThan(1e-12);
            effective += expected.equals(random.forward(two)) ? 0 : 1;
        }
        // Positions are the same in both, and one head asks for nothing.
        assertThat(effective).isBetween(40, edges.size() - 16);
    }

    private static Tensor written(ActivationCache cache, Component part) {
        Tensor all = cache.get(part.output());
        return part.kind() == Component.ComponentKind.HEAD ? all.slice("head", part.head()) : all;
    }

    /** The logits behind a norm are no sum of what is written; everything before it is. */
    @Test
    void behindANormNoEdgeEndsInTheLogits() {
        HookedTransformer normed = HookedTransformer.load(
                RandomModels.of(5, AttentionDirection.BIDIRECTIONAL, Normalization.LN, Activation.GELU));
        TokenBatch one = normed.encode(List.of("a", "b"));
        var patches = new PathPatch(normed, one, normed.encode(List.of("c", "b")));
        Edge inside = new Edge(Component.EMBED, Component.head(0, 1), Via.K);
        Edge last = new Edge(Component.mlp(0), Component.UNEMBED, Via.LOGITS);
        assertThat(patches.run(List.of(inside)).maxDifference(normed.forward(one)))
                .isPositive();
        assertThatThrownBy(() -> patches.run(List.of(inside, last)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("a final normalisation");
    }

    @Test
    void bothInputsAreOfOneLength() {
        assertThatThrownBy(() -> new PathPatch(model, tokens, model.encode(List.of("a"))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("positions");
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
