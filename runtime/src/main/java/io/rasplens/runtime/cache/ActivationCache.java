package io.rasplens.runtime.cache;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.hook.KeyNames;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The activations of one run, by hook name, in firing order. Snapshots: what a hook left at each point, immune to whatever
 * happens later.
 */
public final class ActivationCache {
    private final CompiledModel model;
    private final TokenBatch tokens;
    private final RunActivations activations;

    /** @param activations an immutable map is kept as it is */
    public ActivationCache(CompiledModel model, TokenBatch tokens, Map<HookName, Tensor> activations) {
        this(model, tokens, RunActivations.of(activations));
    }

    public ActivationCache(CompiledModel model, TokenBatch tokens, RunActivations activations) {
        this.model = model;
        this.tokens = tokens;
        this.activations = activations;
    }

    /** The names of what is here, in firing order. */
    public ImmutableSet<HookName> names() {
        return activations.names();
    }

    /** All of them, in firing order. */
    public ImmutableMap<HookName, Tensor> activations() {
        return activations.all();
    }

    /** The tokens of the run. */
    public TokenBatch tokens() {
        return tokens;
    }

    public CompiledModel model() {
        return model;
    }

    public TransformerConfig config() {
        return model.config();
    }

    public boolean has(HookName name) {
        return activations.names().contains(name);
    }

    /** An activation by its full name, {@code blocks.0.attn.hook_pattern}; outside the blocks also in short, {@code embed}. */
    public Tensor get(String name) {
        return get(KeyNames.resolve(config(), name));
    }

    /**
     * An activation by its short name.
     *
     * @param name {@code pattern}, {@code resid_post}, {@code ln1.scale}, …
     * @param layer negative counts from the last
     */
    public Tensor get(String name, int layer) {
        return get(KeyNames.resolve(config(), name, layer));
    }

    public Tensor get(HookName name) {
        Tensor activation = activations.find(name);
        if (activation == null) {
            throw new EngineException(
                    EngineCode.NOT_CACHED,
                    name + " is not in this cache",
                    NearNames.question(
                                    name.text(),
                                    HookName.texts(activations.names().asList()))
                            .map(near -> near + " Or name it when you run with the cache.")
                            .orElse("name it when you run with the cache"));
        }
        return activation;
    }

    /** {@code [batch, head, query, key]} */
    public Tensor pattern(int layer) {
        return get("pattern", layer);
    }

    /** {@code [batch, head, query, key]}, scaled and masked. */
    public Tensor attnScores(int layer) {
        return get("attn_scores", layer);
    }

    /** {@code [batch, pos, head, d_head]} */
    public Tensor q(int layer) {
        return get("q", layer);
    }

    /** {@code [batch, pos, head, d_head]} */
    public Tensor k(int layer) {
        return get("k", layer);
    }

    /** {@code [batch, pos, head, d_head]} */
    public Tensor v(int layer) {
        return get("v", layer);
    }

    /** {@code [batch, pos, head, d_head]} */
    public Tensor z(int layer) {
        return get("z", layer);
    }

    /** {@code [batch, pos, d_model]} */
    public Tensor residPre(int layer) {
        return get("resid_pre", layer);
    }

    /** {@code [batch, pos, d_model]} */
    public Tensor residMid(int layer) {
        return get("resid_mid", layer);
    }

    /** {@code [batch, pos, d_model]} */
    public Tensor residPost(int layer) {
        return get("resid_post", layer);
    }

    /** {@code [batch, pos, d_model]} */
    public Tensor attnOut(int layer) {
        return get("attn_out", layer);
    }

    /** {@code [batch, pos, d_model]} */
    public Tensor mlpOut(int layer) {
        return get("mlp_out", layer);
    }

    /** {@code [batch, pos, d_mlp]}, before the activation function. */
    public Tensor pre(int layer) {
        return get("pre", layer);
    }

    /** {@code [batch, pos, d_mlp]}, after the activation function. */
    public Tensor post(int layer) {
        return get("post", layer);
    }

    /** {@code [batch, pos, d_vocab_out]} */
    public Tensor logits() {
        return get(HookName.unembedOut());
    }

    /** The RASP meaning of each residual dimension, {@code reverse=3}; numbered where the model has no labels. */
    public ImmutableList<String> residualLabels() {
        ImmutableList<ResidualLabel> labels = model.labels();
        return labels.isEmpty()
                ? ComponentStack.numbered("dim ", config().dModel())
                : labels.stream().map(ResidualLabel::text).collect(ImmutableList.toImmutableList());
    }

    /** One activation of all layers, {@code [layer, …]}. */
    public ComponentStack stackActivation(String name) {
        var labels = ComponentStack.numbered("layer ", config().nLayers());
        List<Tensor> parts = IntStream.range(0, config().nLayers())
                .mapToObj(layer -> get(name, layer))
                .toList();
        return ComponentStack.of("layer", labels, parts);
    }

    /** An s-op's value at each position of the first input, BOS and padding left out. */
    public ImmutableList<Value> sop(String name) {
        return sop(name, 0);
    }

    /**
     * An s-op's value at each position of one input, BOS and padding left out.
     *
     * @throws EngineException if the model says nothing of such an s-op
     */
    public ImmutableList<Value> sop(String name, int row) {
        return new SopReader(this).read(name, row);
    }

    /** The value of an s-op that the model can be read for, at each position of one input, BOS and padding left out. */
    public ImmutableList<Value> sop(SopReadout readout, int row) {
        return new SopReader(this).read(readout, row);
    }

    /** The residual stream before each layer and at the end: how it builds up. */
    public ComponentStack accumulatedResid() {
        return accumulatedResid(false);
    }

    /**
     * The same, more finely.
     *
     * @param middle with the stream between attention and MLP as well
     */
    public ComponentStack accumulatedResid(boolean middle) {
        return new Decomposition(this).accumulated(middle);
    }

    /** Embeddings and each layer's attention and MLP output, whose sum is the final residual stream. */
    public ComponentStack decomposeResid() {
        return decomposeResid(config().nLayers());
    }

    /**
     * The same up to a layer.
     *
     * @param layer the stream before this layer is taken apart; {@code nLayers} is the end, negative counts from the last
     */
    public ComponentStack decomposeResid(int layer) {
        return new Decomposition(this).sublayers(layer);
    }

    /** What each head of a layer writes, without b_O: {@code [batch, pos, head, d_model]}. */
    public Tensor headResults(int layer) {
        return new Decomposition(this).headResults(KeyNames.layer(config(), layer));
    }

    /** What every head before a layer writes, without b_O. */
    public ComponentStack stackHeadResults(int layer) {
        return new Decomposition(this).heads(layer);
    }

    public ComponentStack stackHeadResults() {
        return stackHeadResults(config().nLayers());
    }

    /** What each hidden unit of a layer writes, without b_out: {@code [batch, pos, d_mlp, d_model]}. */
    public Tensor neuronResults(int layer) {
        return new Decomposition(this).neuronResults(KeyNames.layer(config(), layer));
    }

    /** Everything that is added to the stream before a layer: embeddings, heads, neurons and biases; they add up to it. */
    public ComponentStack fullDecomposition(int layer) {
        return new Decomposition(this).full(layer);
    }

    public ComponentStack fullDecomposition() {
        return fullDecomposition(config().nLayers());
    }

    /**
     * How much each component adds to one logit, {@code [component, batch, pos]}, the final normalisation applied with the
     * run's own scale. b_U, and with LN the norm's b, are not part of any component.
     */
    public ComponentStack logitAttributions(ComponentStack components, int output) {
        return new LogitAttribution(this).of(components, output);
    }

    /** The same for the logit of an output value. */
    public ComponentStack logitAttributions(ComponentStack components, Value answer) {
        return logitAttributions(components, new LogitAttribution(this).output(answer));
    }
}
