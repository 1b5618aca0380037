package io.rasplens.runtime.store;

import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.NearNames;
import io.rasplens.runtime.store.error.ForeignName;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import io.rasplens.runtime.store.json.JsonNode;
import java.util.Optional;

/**
 * The config of a model that another tool made, given as arguments of TransformerLens's {@code HookedTransformerConfig} with
 * its defaults. Arguments that change what the model computes, in a way we don't, are refused by name; those that don't (seeds,
 * devices, names) are passed over; one that TransformerLens doesn't know is an error, since a misspelt one would silently
 * leave its default in force.
 *
 * @param attnOnly true if the model has no MLPs, so that their weights are absent
 */
record ImportedConfig(TransformerConfig config, boolean attnOnly) {
    private static final double DEFAULT_EPS = 1e-5;
    private static final int MLP_FACTOR = 4;
    /** TransformerLens's way to say "not set". */
    private static final int UNSET = -1;

    private static final ImmutableSet<String> USED = ImmutableSet.of(
            "n_layers",
            "n_heads",
            "d_model",
            "d_head",
            "d_mlp",
            "n_ctx",
            "d_vocab",
            "d_vocab_out",
            "act_fn",
            "attention_dir",
            "normalization_type",
            "eps",
            "attn_only",
            "use_attn_scale",
            "attn_scale");

    /** Must be false (or null, or absent). */
    private static final ImmutableSet<String> FLAGS = ImmutableSet.of(
            "gated_mlp",
            "parallel_attn_mlp",
            "use_local_attn",
            "scale_attn_by_inverse_layer_idx",
            "use_normalization_before_and_after",
            "post_embedding_ln",
            "use_qk_norm",
            "use_logn_attn",
            "use_attention_sinks",
            "load_in_4bit");

    /** Must be null or absent. */
    private static final ImmutableSet<String> OPTIONS =
            ImmutableSet.of("num_experts", "experts_per_token", "clip_qkv", "quantization_method");

    /** Caps on scores and logits: in force when positive. */
    private static final ImmutableSet<String> CAPS = ImmutableSet.of("attn_scores_soft_cap", "output_logits_soft_cap");

    /** Looked at where they matter. */
    private static final ImmutableSet<String> CHECKED =
            ImmutableSet.of("positional_embedding_type", "n_key_value_heads", "final_rms");

    /** Change nothing in what a model with these weights computes, given that the ones above hold. */
    private static final ImmutableSet<String> HARMLESS = ImmutableSet.of(
            "model_name",
            "device",
            "n_devices",
            "dtype",
            "seed",
            "init_mode",
            "init_weights",
            "initializer_range",
            "n_params",
            "use_attn_result",
            "use_attn_in",
            "use_split_qkv_input",
            "use_hook_mlp_in",
            "use_hook_tokens",
            "ungroup_grouped_query_attention",
            "original_architecture",
            "from_checkpoint",
            "checkpoint_index",
            "checkpoint_label_type",
            "checkpoint_value",
            "tokenizer_name",
            "tokenizer_prepends_bos",
            "default_prepend_bos",
            "window_size",
            "attn_types",
            "rotary_dim",
            "rotary_base",
            "rotary_base_local",
            "rotary_scaling_factor",
            "rotary_adjacent_pairs",
            "trust_remote_code",
            "relative_attention_max_distance",
            "relative_attention_num_buckets",
            "decoder_start_token_id",
            "tie_word_embeddings",
            "use_NTK_by_parts_rope",
            "NTK_by_parts_low_freq_factor",
            "NTK_by_parts_high_freq_factor",
            "NTK_by_parts_factor",
            "NTK_original_ctx_len",
            "use_yarn_rope",
            "yarn_factor",
            "yarn_attention_factor",
            "yarn_beta_fast",
            "yarn_beta_slow",
            "yarn_original_max_position_embeddings",
            "yarn_truncate",
            "yarn_global_attn_only",
            "use_dynamic_ntk_rope",
            "train_seq_length",
            "norm_topk_prob",
            "uses_rms_norm",
            "layer_norm_folding");

    static final ImmutableSet<String> KNOWN = ImmutableSet.<String>builder()
            .addAll(USED)
            .addAll(FLAGS)
            .addAll(OPTIONS)
            .addAll(CAPS)
            .addAll(CHECKED)
            .addAll(HARMLESS)
            .build();

    static ImportedConfig read(JsonNode json) throws StoreException {
        refuseUnknown(json);
        refuseUnsupported(json);
        boolean attnOnly = flag(json, "attn_only", false);
        int dModel = json.field("d_model").integer(1, Integer.MAX_VALUE);
        int dHead = json.field("d_head").integer(1, Integer.MAX_VALUE);
        int nHeads = sizeOr(json, "n_heads", dModel / dHead);
        int dVocab = json.field("d_vocab").integer(1, Integer.MAX_VALUE);
        Optional<JsonNode> activation = json.present("act_fn");
        Optional<JsonNode> direction = json.present("attention_dir");
        Optional<JsonNode> normalization = json.optional("normalization_type");
        refuseOddGroups(json, nHeads);
        int hidden = attnOnly ? 0 : hiddenWidth(json, dModel);
        if (hidden > 0 && activation.isEmpty()) {
            throw json.wrong("lacks " + ForeignName.name("act_fn") + ", which its " + hidden + " hidden units need");
        }
        var config = new TransformerConfig(
                json.field("n_layers").integer(0, Integer.MAX_VALUE),
                nHeads,
                dModel,
                dHead,
                hidden,
                json.field("n_ctx").integer(1, Integer.MAX_VALUE),
                dVocab,
                sizeOr(json, "d_vocab_out", dVocab),
                hidden == 0 || activation.isEmpty() ? Activation.RELU : ConfigJson.activation(activation.get()),
                direction.isEmpty() ? AttentionDirection.CAUSAL : ConfigJson.direction(direction.get()),
                normalization.isEmpty() ? Normalization.LN : ConfigJson.normalization(normalization.get()),
                positiveOr(json, "eps", DEFAULT_EPS),
                scale(json, dHead));
        boolean layerNorm =
                config.normalization() == Normalization.LN || config.normalization() == Normalization.LN_PRE;
        if (layerNorm && flag(json, "final_rms", false)) {
            throw unsupported("final_rms", "a last normalisation of another kind than the others");
        }
        return new ImportedConfig(config, attnOnly);
    }

    private static void refuseUnknown(JsonNode json) throws StoreException {
        for (String name : json.names()) {
            if (!KNOWN.contains(name)) {
                Diagnostic diagnostic = Diagnostic.error(
                        StoreCode.UNKNOWN_CONFIG_FIELD,
                        json.wrong("has an unknown field " + ForeignName.name(name))
                                .diagnostic()
                                .message());
                throw new StoreException(
                        diagnostic.help(
                                NearNames.question(name, KNOWN)
                                        .orElse(
                                                "a config holds the arguments of TransformerLens's HookedTransformerConfig, no others")));
            }
        }
    }

    private static void refuseUnsupported(JsonNode json) throws StoreException {
        for (String name : FLAGS) {
            if (flag(json, name, false)) {
                throw unsupported(name, "this option");
            }
        }
        for (String name : OPTIONS) {
            if (json.present(name).isPresent()) {
                throw unsupported(name, "this option");
            }
        }
        for (String name : CAPS) {
            Optional<JsonNode> cap = json.present(name);
            if (cap.isPresent() && cap.get().real() > 0) {
                throw unsupported(name, "this option");
            }
        }
        Optional<JsonNode> positions = json.present("positional_embedding_type");
        if (positions.isPresent() && !positions.get().string().equals("standard")) {
            throw unsupported(
                    "positional_embedding_type",
                    ForeignName.name(positions.get().string()) + " in place of learned positions ('standard')");
        }
    }

    private static void refuseOddGroups(JsonNode json, int nHeads) throws StoreException {
        Optional<JsonNode> groups = json.present("n_key_value_heads");
        if (groups.isPresent() && groups.get().integer(1, Integer.MAX_VALUE) != nHeads) {
            throw unsupported("n_key_value_heads", "heads that share keys and values");
        }
    }

    private static int hiddenWidth(JsonNode json, int dModel) throws StoreException {
        Optional<JsonNode> width = json.present("d_mlp");
        if (width.isPresent()) {
            return width.get().integer(0, Integer.MAX_VALUE);
        }
        return (int) Math.min(Integer.MAX_VALUE, (long) MLP_FACTOR * dModel);
    }

    private static int sizeOr(JsonNode json, String name, int fallback) throws StoreException {
        Optional<JsonNode> field = json.present(name);
        int size = field.isEmpty() ? UNSET : field.get().integer(UNSET, Integer.MAX_VALUE);
        if (size == 0) {
            throw field.orElse(json).wrong("must not be 0");
        }
        return size == UNSET ? fallback : size;
    }

    private static double scale(JsonNode json, int dHead) throws StoreException {
        if (!flag(json, "use_attn_scale", true)) {
            return 1;
        }
        Optional<JsonNode> scale = json.present("attn_scale");
        boolean unset = scale.isEmpty() || scale.get().real() == UNSET;
        return unset ? Math.sqrt(dHead) : positiveOr(json, "attn_scale", 1);
    }

    private static double positiveOr(JsonNode json, String name, double fallback) throws StoreException {
        Optional<JsonNode> field = json.present(name);
        if (field.isEmpty()) {
            return fallback;
        }
        double value = field.get().real();
        if (!(value > 0) || Double.isInfinite(value)) {
            throw field.get().wrong("must be a number above 0");
        }
        return value;
    }

    private static boolean flag(JsonNode json, String name, boolean fallback) throws StoreException {
        Optional<JsonNode> field = json.present(name);
        return field.isEmpty() ? fallback : field.get().bool();
    }

    private static StoreException unsupported(String field, String what) {
        return new StoreException(
                StoreCode.UNSUPPORTED_CONFIG,
                "the config sets " + field + ": " + what + " is not supported",
                "Rasplens runs transformers with learned positions, softmax attention and one-hidden-layer MLPs");
    }
}
