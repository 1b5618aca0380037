package io.rasplens.runtime.transformer;

import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.Optional;

/**
 * Refuses a model whose parts do not fit its config, naming the part. What holds within one weight record, the record itself
 * has checked.
 */
final class ModelCheck {
    private final CompiledModel model;
    private final TransformerConfig config;

    ModelCheck(CompiledModel model) {
        this.model = model;
        this.config = model.config();
    }

    void check() {
        checkConfig();
        checkShapes();
        new FiniteWeights(model.weights()).check();
    }

    private void checkShapes() {
        Weights weights = model.weights();
        shape("embed.W_E", weights.embed(), config.dVocab(), config.dModel());
        shape("pos_embed.W_pos", weights.posEmbed(), config.nCtx(), config.dModel());
        size("the number of layers", weights.layers().size(), config.nLayers());
        for (int layer = 0; layer < config.nLayers(); layer++) {
            checkLayer("blocks." + layer + ".", weights.layers().get(layer));
        }
        checkNorm("ln_final", weights.lnFinal());
        shape("unembed.W_U", weights.unembed(), config.dModel(), config.dVocabOut());
        length("unembed.b_U", weights.unembedBias(), config.dVocabOut());
        checkCodec();
        if (model.description().isGiven()) {
            checkDescription();
        }
    }

    private void checkDescription() {
        if (!model.labels().isEmpty()) {
            size("the number of residual labels", model.labels().size(), config.dModel());
        }
        model.readouts().forEach(readout -> {
            String name = "the readout of " + readout.sop();
            size("rows of " + name, readout.projection().rows(), config.dModel());
            length("bias of " + name, readout.bias(), readout.projection().columns());
            checkDecoder(name, readout.decoder(), readout.projection().columns());
            require(
                    readout.layer() >= -1 && readout.layer() < config.nLayers(),
                    name + " is at layer " + readout.layer());
        });
    }

    private void checkConfig() {
        require(
                config.nLayers() >= 0 && config.nHeads() >= 0 && config.dHead() >= 0 && config.dMlp() >= 0,
                "a size in the config is negative");
        require(
                config.dModel() > 0 && config.nCtx() > 0 && config.dVocab() > 0 && config.dVocabOut() > 0,
                "d_model, n_ctx, d_vocab and d_vocab_out must be at least 1");
        require(
                config.nLayers() == 0
                        || config.nHeads() == 0
                        || (config.attnScale() > 0 && Double.isFinite(config.attnScale())),
                "attn_scale must be a positive number, not " + config.attnScale());
        require(config.eps() >= 0 && Double.isFinite(config.eps()), "eps must not be negative, but is " + config.eps());
    }

    private void checkLayer(String prefix, LayerWeights layer) {
        atMost(prefix + "attn: number of heads", layer.heads().size(), config.nHeads());
        for (int h = 0; h < layer.heads().size(); h++) {
            HeadWeights head = layer.heads().get(h);
            String name = prefix + "attn, head " + h;
            size(name + ": rows of W_Q", head.wQ().rows(), config.dModel());
            atMost(name + ": width of W_Q", head.queryKeyWidth(), config.dHead());
            atMost(name + ": width of W_V", head.valueWidth(), config.dHead());
        }
        length(prefix + "attn.b_O", layer.bO(), config.dModel());
        size(prefix + "mlp.W_in: rows", layer.mlp().wIn().rows(), config.dModel());
        atMost(prefix + "mlp: hidden units", layer.mlp().hiddenWidth(), config.dMlp());
        checkNorm(prefix + "ln1", layer.ln1());
        checkNorm(prefix + "ln2", layer.ln2());
    }

    private void checkNorm(String name, Optional<NormWeights> norm) {
        boolean wanted = config.normalization() == Normalization.LN || config.normalization() == Normalization.RMS;
        require(
                norm.isPresent() == wanted,
                name
                        + (wanted
                                ? " is missing"
                                : " does not belong in a model with normalization " + config.normalization()));
        norm.ifPresent(weights -> {
            length(name + ".w", weights.w(), config.dModel());
            length(name + ".b", weights.b(), config.dModel());
        });
    }

    private void checkCodec() {
        model.encoder().ifPresent(encoder -> {
            size("the size of the vocabulary", encoder.vocabulary().size(), config.dVocab());
            require(encoder.bos() >= 0 && encoder.bos() < config.dVocab(), "BOS has the id " + encoder.bos());
            require(
                    encoder.pad() >= TokenEncoder.NO_PAD && encoder.pad() < config.dVocab(),
                    "PAD has the id " + encoder.pad());
        });
        model.decoder().ifPresent(decoder -> checkDecoder("the output", decoder, config.dVocabOut()));
    }

    private static void checkDecoder(String name, OutputDecoder decoder, int logits) {
        if (decoder instanceof OutputDecoder.Categorical categorical) {
            size("the number of values of " + name, categorical.values().size(), logits);
        } else {
            size("the number of logits of " + name + ", a number,", logits, 1);
        }
    }

    private static void shape(String name, WeightMatrix matrix, int rows, int columns) {
        require(
                matrix.rows() == rows && matrix.columns() == columns,
                name + " is [" + matrix.rows() + ", " + matrix.columns() + "] but must be [" + rows + ", " + columns
                        + "]");
    }

    private static void length(String name, ImmutableDoubleArray vector, int length) {
        require(vector.length() == length, name + " is [" + vector.length() + "] but must be [" + length + "]");
    }

    private static void size(String name, int size, int wanted) {
        require(size == wanted, name + " is " + size + " but must be " + wanted);
    }

    private static void atMost(String name, int size, int limit) {
        require(size <= limit, name + " is " + size + " but the config allows " + limit);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new EngineException(EngineCode.INCONSISTENT_MODEL, message);
        }
    }
}
