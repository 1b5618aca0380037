package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableLongArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Normalization;

/**
 * The rectangular shapes of a model's tensors in a file, under TransformerLens's names.
 *
 * @param heads heads of every layer
 * @param dHead width of every head
 * @param dMlp hidden units of every layer
 * @param mlps false for a model of attention alone
 */
record WeightLayout(
        int layers,
        int heads,
        int dModel,
        int dHead,
        int dMlp,
        int nCtx,
        int dVocab,
        int dVocabOut,
        boolean mlps,
        Normalization normalization) {

    static WeightLayout of(ImportedConfig imported) {
        TransformerConfig c = imported.config();
        return new WeightLayout(
                c.nLayers(),
                c.nHeads(),
                c.dModel(),
                c.dHead(),
                c.dMlp(),
                c.nCtx(),
                c.dVocab(),
                c.dVocabOut(),
                !imported.attnOnly(),
                c.normalization());
    }

    /**
     * The layout that a config of ours is written in: every layer as wide as the widest, and at least one head, one number per
     * head and, where there are MLPs, one hidden unit, since TransformerLens can't build a model with none.
     */
    static WeightLayout padded(TransformerConfig c, boolean mlps) {
        return new WeightLayout(
                c.nLayers(),
                Math.max(1, c.nHeads()),
                c.dModel(),
                Math.max(1, c.dHead()),
                mlps ? Math.max(1, c.dMlp()) : 0,
                c.nCtx(),
                c.dVocab(),
                c.dVocabOut(),
                mlps,
                c.normalization());
    }

    /** {@link #padded}, having checked that the model's weights fit into what its config says. */
    static WeightLayout of(CompiledModel model) {
        WeightLayout layout = padded(model.config(), hasMlps(model));
        for (LayerWeights layer : model.weights().layers()) {
            int widest = layer.heads().stream()
                    .mapToInt((HeadWeights h) -> Math.max(h.queryKeyWidth(), h.valueWidth()))
                    .max()
                    .orElse(0);
            if (layer.heads().size() > layout.heads
                    || widest > layout.dHead
                    || layer.mlp().hiddenWidth() > layout.dMlp) {
                throw new IllegalArgumentException("a layer is wider than the config says: " + model.config());
            }
        }
        return layout;
    }

    /** Without a hidden unit an MLP may still have a bias or a norm; with none of them the model is one of attention alone. */
    private static boolean hasMlps(CompiledModel model) {
        return model.config().dMlp() > 0
                || model.weights().layers().stream()
                        .anyMatch(layer -> layer.ln2().isPresent()
                                || layer.mlp().bOut().stream().anyMatch(v -> v != 0));
    }

    /** Whether a file of ours has tensors of MLPs. */
    static boolean hasMlps(TransformerConfig config, ImmutableSet<String> tensors) {
        return config.dMlp() > 0 || tensors.contains("blocks.0.mlp.b_out");
    }

    /** Every tensor's shape, in the order of writing. */
    ImmutableMap<String, ImmutableLongArray> shapes() {
        var out = ImmutableMap.<String, ImmutableLongArray>builder();
        out.put("embed.W_E", ImmutableLongArray.of(dVocab, dModel));
        out.put("pos_embed.W_pos", ImmutableLongArray.of(nCtx, dModel));
        for (int layer = 0; layer < layers; layer++) {
            addLayer(out, "blocks." + layer + ".");
        }
        addNorm(out, "ln_final.");
        out.put("unembed.W_U", ImmutableLongArray.of(dModel, dVocabOut));
        out.put("unembed.b_U", ImmutableLongArray.of(dVocabOut));
        return out.buildOrThrow();
    }

    /** Tensors per layer, to compare with what a file has before listing all. */
    int tensorsPerLayer() {
        var out = ImmutableMap.<String, ImmutableLongArray>builder();
        addLayer(out, "");
        return out.buildOrThrow().size();
    }

    boolean hasNormWeights() {
        return normalization == Normalization.LN || normalization == Normalization.RMS;
    }

    boolean hasNormBias() {
        return normalization == Normalization.LN;
    }

    private void addLayer(ImmutableMap.Builder<String, ImmutableLongArray> out, String prefix) {
        addNorm(out, prefix + "ln1.");
        for (String name : new String[] {"Q", "K", "V"}) {
            out.put(prefix + "attn.W_" + name, ImmutableLongArray.of(heads, dModel, dHead));
            out.put(prefix + "attn.b_" + name, ImmutableLongArray.of(heads, dHead));
        }
        out.put(prefix + "attn.W_O", ImmutableLongArray.of(heads, dHead, dModel));
        out.put(prefix + "attn.b_O", ImmutableLongArray.of(dModel));
        if (mlps) {
            addNorm(out, prefix + "ln2.");
            out.put(prefix + "mlp.W_in", ImmutableLongArray.of(dModel, dMlp));
            out.put(prefix + "mlp.b_in", ImmutableLongArray.of(dMlp));
            out.put(prefix + "mlp.W_out", ImmutableLongArray.of(dMlp, dModel));
            out.put(prefix + "mlp.b_out", ImmutableLongArray.of(dModel));
        }
    }

    private void addNorm(ImmutableMap.Builder<String, ImmutableLongArray> out, String prefix) {
        if (hasNormWeights()) {
            out.put(prefix + "w", ImmutableLongArray.of(dModel));
        }
        if (hasNormBias()) {
            out.put(prefix + "b", ImmutableLongArray.of(dModel));
        }
    }
}
