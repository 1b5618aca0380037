package io.rasplens.runtime.store;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.store.error.ForeignName;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.json.JsonNode;
import io.rasplens.runtime.store.json.JsonOut;
import java.util.Locale;

/**
 * Our config in JSON, twice: as arguments of TransformerLens's {@code HookedTransformerConfig} for the rectangular weights of a
 * file, and exactly, for our own metadata.
 */
final class ConfigJson {
    private ConfigJson() {}

    /**
     * The arguments of {@code HookedTransformerConfig}, no others, for weights of this layout. TransformerLens's defaults are
     * left out, but for those that a reader looks for.
     */
    static JsonObject arguments(TransformerConfig config, WeightLayout layout) {
        var json = sizes(
                config.nLayers(),
                layout.heads(),
                config.dModel(),
                layout.dHead(),
                layout.dMlp(),
                config.nCtx(),
                config.dVocab(),
                config.dVocabOut());
        addKinds(json, config);
        if (!layout.mlps()) {
            json.addProperty("attn_only", true);
        }
        if (config.normalization() != Normalization.NONE) {
            json.add("eps", JsonOut.number(config.eps()));
        }
        // Without heads the scale divides nothing, and may well be the root of a width of 0.
        boolean headless = config.nHeads() == 0 || config.dHead() == 0;
        if (!headless && config.attnScale() != Math.sqrt(layout.dHead())) {
            // For a scale of 1 not use_attn_scale, which TransformerLens 4 takes for the root all the same.
            json.add("attn_scale", JsonOut.number(config.attnScale()));
        }
        if (config.nLayers() == 0) {
            // TransformerLens 4 divides by the number of layers where it draws the weights that ours replace.
            json.addProperty("init_weights", false);
        }
        return json;
    }

    static JsonObject exact(TransformerConfig config) {
        var json = sizes(
                config.nLayers(),
                config.nHeads(),
                config.dModel(),
                config.dHead(),
                config.dMlp(),
                config.nCtx(),
                config.dVocab(),
                config.dVocabOut());
        addKinds(json, config);
        json.add("eps", JsonOut.number(config.eps()));
        json.add("attn_scale", JsonOut.number(config.attnScale()));
        return json;
    }

    static TransformerConfig decodeExact(JsonNode json) throws StoreException {
        return new TransformerConfig(
                json.field("n_layers").integer(0, Integer.MAX_VALUE),
                json.field("n_heads").integer(0, Integer.MAX_VALUE),
                json.field("d_model").integer(1, Integer.MAX_VALUE),
                json.field("d_head").integer(0, Integer.MAX_VALUE),
                json.field("d_mlp").integer(0, Integer.MAX_VALUE),
                json.field("n_ctx").integer(1, Integer.MAX_VALUE),
                json.field("d_vocab").integer(1, Integer.MAX_VALUE),
                json.field("d_vocab_out").integer(1, Integer.MAX_VALUE),
                activation(json.field("act_fn")),
                direction(json.field("attention_dir")),
                normalization(json.field("normalization_type")),
                json.field("eps").real(),
                json.field("attn_scale").real());
    }

    static Activation activation(JsonNode node) throws StoreException {
        String name = node.string();
        return switch (name) {
            case "relu" -> Activation.RELU;
            case "gelu" -> Activation.GELU;
            case "gelu_new" -> Activation.GELU_NEW;
            case "silu" -> Activation.SILU;
            default ->
                throw new StoreException(
                        StoreCode.UNSUPPORTED_CONFIG,
                        "the activation function " + ForeignName.name(name) + " (act_fn) is not supported",
                        "supported are relu, gelu, gelu_new and silu");
        };
    }

    static AttentionDirection direction(JsonNode node) throws StoreException {
        return switch (node.string()) {
            case "bidirectional" -> AttentionDirection.BIDIRECTIONAL;
            case "causal" -> AttentionDirection.CAUSAL;
            default -> throw node.wrong("must be 'causal' or 'bidirectional'");
        };
    }

    static Normalization normalization(JsonNode node) throws StoreException {
        if (node.isNull()) {
            return Normalization.NONE;
        }
        String name = node.string();
        return switch (name) {
            case "LN" -> Normalization.LN;
            case "LNPre" -> Normalization.LN_PRE;
            case "RMS" -> Normalization.RMS;
            case "RMSPre" -> Normalization.RMS_PRE;
            default ->
                throw new StoreException(
                        StoreCode.UNSUPPORTED_CONFIG,
                        "the normalization " + ForeignName.name(name) + " (normalization_type) is not supported",
                        "supported are null, LN, LNPre, RMS and RMSPre");
        };
    }

    private static JsonObject sizes(
            int nLayers, int nHeads, int dModel, int dHead, int dMlp, int nCtx, int dVocab, int dVocabOut) {
        var json = new JsonObject();
        json.addProperty("n_layers", nLayers);
        json.addProperty("n_heads", nHeads);
        json.addProperty("d_model", dModel);
        json.addProperty("d_head", dHead);
        json.addProperty("d_mlp", dMlp);
        json.addProperty("n_ctx", nCtx);
        json.addProperty("d_vocab", dVocab);
        json.addProperty("d_vocab_out", dVocabOut);
        return json;
    }

    private static void addKinds(JsonObject json, TransformerConfig config) {
        json.addProperty("act_fn", config.activation().name().toLowerCase(Locale.ROOT));
        json.addProperty("attention_dir", config.attentionDirection().name().toLowerCase(Locale.ROOT));
        json.add(
                "normalization_type",
                switch (config.normalization()) {
                    case NONE -> JsonNull.INSTANCE;
                    case LN -> new JsonPrimitive("LN");
                    case LN_PRE -> new JsonPrimitive("LNPre");
                    case RMS -> new JsonPrimitive("RMS");
                    case RMS_PRE -> new JsonPrimitive("RMSPre");
                });
    }
}
