package io.rasplens.runtime.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.LimitedMemory;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.hook.KeyNames;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RandomModels;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationCacheTest {
    private static final double LAST_BITS = 1e-13;

    private final HookedTransformer model =
            HookedTransformer.load(RandomModels.of(7, AttentionDirection.CAUSAL, Normalization.LN, Activation.SILU));
    private final TokenBatch tokens = model.encodeBatch(List.of(List.of("a", "b", "c"), List.of("d")));
    private final ActivationCache cache = model.runWithCache(tokens).cache();

    private static void refused(EngineCode code, String part, ThrowingCallable what) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(EngineException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.help()).as("a way out of: %s", e.message()).isPresent();
                })
                .hasMessageContaining(part);
    }

    @Test
    void typedGettersGiveWhatTheirNamesSay() {
        for (int layer = 0; layer < 2; layer++) {
            assertThat(cache.pattern(layer)).isEqualTo(cache.get(HookName.pattern(layer)));
            assertThat(cache.attnScores(layer)).isEqualTo(cache.get(HookName.attnScores(layer)));
            assertThat(cache.q(layer)).isEqualTo(cache.get(HookName.q(layer)));
            assertThat(cache.k(layer)).isEqualTo(cache.get(HookName.k(layer)));
            assertThat(cache.v(layer)).isEqualTo(cache.get(HookName.v(layer)));
            assertThat(cache.z(layer)).isEqualTo(cache.get(HookName.z(layer)));
            assertThat(cache.residPre(layer)).isEqualTo(cache.get(HookName.residPre(layer)));
            assertThat(cache.residMid(layer)).isEqualTo(cache.get(HookName.residMid(layer)));
            assertThat(cache.residPost(layer)).isEqualTo(cache.get(HookName.residPost(layer)));
            assertThat(cache.attnOut(layer)).isEqualTo(cache.get(HookName.attnOut(layer)));
            assertThat(cache.mlpOut(layer)).isEqualTo(cache.get(HookName.mlpOut(layer)));
            assertThat(cache.pre(layer)).isEqualTo(cache.get(HookName.pre(layer)));
            assertThat(cache.post(layer)).isEqualTo(cache.get(HookName.post(layer)));
        }
        assertThat(cache.logits()).isEqualTo(cache.get(HookName.unembedOut())).isEqualTo(model.forward(tokens));
        assertThat(cache.tokens()).isSameAs(tokens);
        assertThat(cache.model()).isSameAs(model.model());
        assertThat(cache.config()).isSameAs(model.config());
        assertThat(cache.activations().keySet()).isEqualTo(cache.names());
    }

    @ParameterizedTest
    @CsvSource({
        "pattern, 1, blocks.1.attn.hook_pattern",
        "attn, 0, blocks.0.attn.hook_pattern",
        "attn.hook_pattern, -1, blocks.1.attn.hook_pattern",
        "attn.pattern, -2, blocks.0.attn.hook_pattern",
        "attn_logits, 0, blocks.0.attn.hook_attn_scores",
        "query, 0, blocks.0.attn.hook_q",
        "key, 0, blocks.0.attn.hook_k",
        "value, 0, blocks.0.attn.hook_v",
        "mlp_pre, 1, blocks.1.mlp.hook_pre",
        "mlp_post, 1, blocks.1.mlp.hook_post",
        "hook_resid_post, 0, blocks.0.hook_resid_post",
        "ln1.scale, 0, blocks.0.ln1.hook_scale",
        "ln2.hook_normalized, 1, blocks.1.ln2.hook_normalized"
    })
    void shortNamesWithALayer(String name, int layer, String full) {
        assertThat(KeyNames.resolve(model.config(), name, layer).text()).isEqualTo(full);
        assertThat(cache.get(name, layer)).isEqualTo(cache.get(full));
    }

    @ParameterizedTest
    @CsvSource({
        "embed, hook_embed",
        "hook_pos_embed, hook_pos_embed",
        "logits, unembed.hook_out",
        "unembed.in, unembed.hook_in"
    })
    void shortNamesOutsideTheBlocks(String name, String full) {
        assertThat(KeyNames.resolve(model.config(), name).text()).isEqualTo(full);
    }

    @Test
    void namesThatMeanNothingOrTooMuchAreRefused() {
        refused(EngineCode.UNKNOWN_HOOK, "'pattern' is in every layer", () -> cache.get("pattern"));
        refused(EngineCode.UNKNOWN_HOOK, "did you mean 'pattern'", () -> cache.get("patern", 0));
        refused(EngineCode.UNKNOWN_HOOK, "did you mean 'hook_embed'", () -> cache.get("hook_embd"));
        refused(EngineCode.UNKNOWN_HOOK, "'scale' may be ln1.scale or ln2.scale", () -> cache.get("scale", 0));
        refused(EngineCode.UNKNOWN_HOOK, "no activation of a layer is called 'embed'", () -> cache.get("embed", 0));
        refused(EngineCode.LAYER_OUT_OF_RANGE, "there is no layer 2", () -> cache.get("pattern", 2));
        refused(EngineCode.LAYER_OUT_OF_RANGE, "there is no layer -3", () -> cache.get("pattern", -3));
        ActivationCache few = model.runWithCache(tokens, RunOptions.PLAIN.names("z", "hook_embed"))
                .cache();
        refused(EngineCode.NOT_CACHED, "did you mean 'blocks.0.attn.hook_z'", () -> few.get("blocks.0.attn.hook_q"));
        refused(EngineCode.NOT_CACHED, "name it when you run with the cache", () -> few.get("unembed.hook_out"));
        assertThat(few.has(HookName.z(1))).isTrue();
        assertThat(few.has(HookName.q(1))).isFalse();
    }

    @Test
    void oneActivationOfAllLayersIsStacked() {
        ComponentStack stack = cache.stackActivation("pattern");

        assertThat(stack.labels()).containsExactly("layer 0", "layer 1");
        assertThat(stack.values().axes().get(0)).isEqualTo(new Axis("layer", 2));
        assertThat(stack.size()).isEqualTo(2);
        for (int layer = 0; layer < 2; layer++) {
            assertThat(stack.get(layer)).isEqualTo(cache.pattern(layer));
            assertThat(stack.get("layer " + layer)).isEqualTo(cache.pattern(layer));
        }
        refused(EngineCode.UNKNOWN_HOOK, "no activation of a layer", () -> cache.stackActivation("embed"));
        refused(EngineCode.NOT_CACHED, "the components are layer 0, layer 1", () -> stack.get("layer 2"));
        assertThatThrownBy(() -> new ComponentStack(List.of("one"), stack.values()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theStreamIsFollowedLayerByLayer() {
        assertThat(cache.accumulatedResid().labels()).containsExactly("0_pre", "1_pre", "final_post");
        assertThat(cache.accumulatedResid(true).labels())
                .containsExactly("0_pre", "0_mid", "1_pre", "1_mid", "final_post");
        assertThat(cache.accumulatedResid(true).get("1_mid")).isEqualTo(cache.residMid(1));
        assertThat(cache.accumulatedResid().get("1_pre")).isEqualTo(cache.residPre(1));
        assertThat(cache.accumulatedResid().get("final_post")).isEqualTo(cache.residPost(1));
    }

    @Test
    void decompositionsUpToALayerAddUpToTheStreamThere() {
        for (int layer = 0; layer <= 2; layer++) {
            Tensor stream = layer == 2 ? cache.residPost(1) : cache.residPre(layer);
            assertThat(cache.decomposeResid(layer).sum().maxDifference(stream)).isLessThan(LAST_BITS);
            assertThat(cache.fullDecomposition(layer).sum().maxDifference(stream))
                    .isLessThan(LAST_BITS);
        }
        assertThat(cache.decomposeResid(-1).labels()).containsExactly("embed", "pos_embed", "0_attn_out", "0_mlp_out");
        assertThat(cache.fullDecomposition(1).labels())
                .containsExactly(
                        "L0H0", "L0H1", "L0H2", "L0N0", "L0N1", "L0N2", "L0N3", "L0N4", "embed", "pos_embed", "bias");
        assertThat(cache.stackHeadResults(1).labels()).containsExactly("L0H0", "L0H1", "L0H2");
        assertThat(cache.stackHeadResults().size()).isEqualTo(6);
        assertThat(cache.stackHeadResults().get("L1H1"))
                .isEqualTo(cache.headResults(1).slice("head", 1));
        refused(EngineCode.LAYER_OUT_OF_RANGE, "there is no layer 3", () -> cache.decomposeResid(3));
        refused(EngineCode.LAYER_OUT_OF_RANGE, "there is no layer -3", () -> cache.fullDecomposition(-3));
    }

    @Test
    void headsAndNeuronsWriteWhatIsAddedToTheStream() {
        for (int layer = 0; layer < 2; layer++) {
            var weights = model.model().weights().layers().get(layer);
            Tensor heads = cache.headResults(layer).sum("head");
            Tensor neurons = cache.neuronResults(layer).sum("d_mlp");
            assertThat(cache.headResults(layer - 2)).isEqualTo(cache.headResults(layer));
            assertThat(cache.neuronResults(layer - 2)).isEqualTo(cache.neuronResults(layer));
            for (int d = 0; d < model.config().dModel(); d++) {
                Tensor attn = cache.attnOut(layer).slice("d_model", d);
                Tensor mlp = cache.mlpOut(layer).slice("d_model", d);
                assertThat(heads.slice("d_model", d).plus(weights.bO().get(d)).maxDifference(attn))
                        .isLessThan(LAST_BITS);
                assertThat(neurons.slice("d_model", d)
                                .plus(weights.mlp().bOut().get(d))
                                .maxDifference(mlp))
                        .isLessThan(LAST_BITS);
            }
        }
        refused(EngineCode.LAYER_OUT_OF_RANGE, "there is no layer 2", () -> cache.headResults(2));
    }

    /** Two layers of three heads, eight rows of six numbers: what does not fit is refused before it is made. */
    @Test
    void whatDoesNotFitIsRefused() {
        long stream = 8 * 6;
        fits(2L * 3 * stream, "the results of all heads", cache::stackHeadResults);
        fits((2 * (3 + 5) + 3) * stream, "the full decomposition", cache::fullDecomposition);
        fits((1 * (3 + 5) + 3) * stream, "the full decomposition", () -> cache.fullDecomposition(1));
        var own = new ActivationCache(model.model(), tokens, Map.of(HookName.z(1), cache.z(1)));
        fits(3 * stream, "blocks.1.attn.hook_result", () -> own.headResults(1));
        assertThat(own.headResults(1)).isEqualTo(cache.headResults(1));
        fits(5 * stream, "the results of layer 1's neurons", () -> cache.neuronResults(1));
    }

    private static void fits(long numbers, String what, Runnable made) {
        assertThat(LimitedMemory.refused(numbers, made)).isEmpty();
        assertThat(LimitedMemory.refused(numbers - 1, made)).hasValueSatisfying(refused -> {
            assertThat(refused.code()).isEqualTo(EngineCode.ACTIVATIONS_TOO_LARGE);
            assertThat(refused).hasMessageStartingWith(what);
        });
    }

    /** The second layer has three units: whatever a hook left where the other two would be, they write nothing. */
    @Test
    void unitsThatAreNotThereWriteNothing() {
        Tensor ones = Tensor.of(new double[8 * 5], cache.post(1).axes()).plus(1);
        var own = new ActivationCache(model.model(), tokens, Map.of(HookName.post(1), ones));

        Tensor results = own.neuronResults(1);

        assertThat(results.slice("d_mlp", 2).maxDifference(results.slice("d_mlp", 3)))
                .isPositive();
        for (int absent = 3; absent < 5; absent++) {
            assertThat(results.slice("d_mlp", absent).toArray()).containsOnly(0);
        }
    }

    /** A model without layers is its embeddings. */
    @Test
    void withoutLayersTheEmbeddingsAreTheStream() {
        ActivationCache none = withoutLayers();
        Tensor stream = none.get("embed").plus(none.get("pos_embed"));

        assertThat(none.accumulatedResid().labels()).containsExactly("final_post");
        assertThat(none.accumulatedResid().get(0)).isEqualTo(stream);
        assertThat(none.fullDecomposition().sum()).isEqualTo(stream);
        assertThat(none.stackHeadResults().size()).isZero();
        assertThat(none.stackHeadResults().values().axes()).containsExactly(new Axis("component", 0));
        assertThat(none.sop(embedded(), 1)).containsExactlyElementsOf(read(stream, 1));
    }

    /** What is there from the start on is read before the first layer. */
    @Test
    void anSopOfTheEmbeddingIsReadBeforeTheFirstLayer() {
        for (int row = 0; row < 2; row++) {
            assertThat(cache.sop(embedded(), row)).containsExactlyElementsOf(read(cache.residPre(0), row));
        }
        assertThatThrownBy(() -> cache.sop(embedded(), 2)).hasMessageContaining("there is no input 2 in a batch of 2");
        assertThatThrownBy(() -> cache.sop(embedded(), -1))
                .hasMessageContaining("there is no input -1 in a batch of 2");
    }

    private static SopReadout embedded() {
        WeightMatrix.Builder third = WeightMatrix.builder(RandomModels.D_MODEL, 1);
        third.add(2, 0, 4);
        return new SopReadout(
                "x",
                -1,
                false,
                third.build(),
                ImmutableDoubleArray.of(0.5),
                new OutputDecoder.Numerical(ImmutableList.of()));
    }

    /** The third direction, four times, and a half, at each token behind BOS. */
    private static List<Value> read(Tensor stream, int row) {
        var decoder = new OutputDecoder.Numerical(ImmutableList.of());
        return IntStream.range(1, row == 0 ? 4 : 2)
                .mapToObj(p -> decoder.decode(new double[] {4 * stream.get(row, p, 2) + 0.5}))
                .toList();
    }

    private ActivationCache withoutLayers() {
        CompiledModel with = model.model();
        Weights w = with.weights();
        TransformerConfig c = with.config();
        var config = new TransformerConfig(
                0,
                c.nHeads(),
                c.dModel(),
                c.dHead(),
                c.dMlp(),
                c.nCtx(),
                c.dVocab(),
                c.dVocabOut(),
                c.activation(),
                c.attentionDirection(),
                c.normalization(),
                c.eps(),
                c.attnScale());
        var without = new CompiledModel(
                config,
                new Weights(w.embed(), w.posEmbed(), ImmutableList.of(), w.lnFinal(), w.unembed(), w.unembedBias()),
                with.encoder(),
                with.decoder(),
                with.labels(),
                with.readouts(),
                with.provenance(),
                with.program(),
                with.certificate());
        return HookedTransformer.load(without).runWithCache(tokens).cache();
    }

    @Test
    void directionsAreNumberedWhereNobodyNamedThem() {
        assertThat(cache.residualLabels()).containsExactly("dim 0", "dim 1", "dim 2", "dim 3", "dim 4", "dim 5");
    }

    @Test
    void aCacheIsMadeOfAnyMap() {
        Tensor z = cache.z(0);
        var own = new ActivationCache(model.model(), tokens, Map.of(HookName.z(0), z));
        assertThat(own.get("z", 0)).isSameAs(z);
    }
}
