package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.tensor.Axis;

/**
 * The kinds of hook point, in the order of the forward pass. The path is TransformerLens's; a kind that each block has stands
 * there once for all layers.
 */
public enum HookKind {
    EMBED("hook_embed", Place.BEFORE_BLOCKS, AxisShape.MODEL),
    POS_EMBED("hook_pos_embed", Place.BEFORE_BLOCKS, AxisShape.MODEL),
    RESID_PRE("hook_resid_pre", Place.BLOCK, AxisShape.MODEL),
    Q_INPUT("hook_q_input", Place.BLOCK, AxisShape.HEAD_MODEL),
    K_INPUT("hook_k_input", Place.BLOCK, AxisShape.HEAD_MODEL),
    V_INPUT("hook_v_input", Place.BLOCK, AxisShape.HEAD_MODEL),
    LN1_SCALE("ln1.hook_scale", Place.BLOCK, AxisShape.SCALE),
    LN1_NORMALIZED("ln1.hook_normalized", Place.BLOCK, AxisShape.MODEL),
    Q("attn.hook_q", Place.BLOCK, AxisShape.HEAD),
    K("attn.hook_k", Place.BLOCK, AxisShape.HEAD),
    V("attn.hook_v", Place.BLOCK, AxisShape.HEAD),
    ATTN_SCORES("attn.hook_attn_scores", Place.BLOCK, AxisShape.PATTERN),
    PATTERN("attn.hook_pattern", Place.BLOCK, AxisShape.PATTERN),
    Z("attn.hook_z", Place.BLOCK, AxisShape.HEAD),
    RESULT("attn.hook_result", Place.BLOCK, AxisShape.HEAD_MODEL),
    ATTN_OUT("hook_attn_out", Place.BLOCK, AxisShape.MODEL),
    RESID_MID("hook_resid_mid", Place.BLOCK, AxisShape.MODEL),
    MLP_IN("hook_mlp_in", Place.BLOCK, AxisShape.MODEL),
    LN2_SCALE("ln2.hook_scale", Place.BLOCK, AxisShape.SCALE),
    LN2_NORMALIZED("ln2.hook_normalized", Place.BLOCK, AxisShape.MODEL),
    PRE("mlp.hook_pre", Place.BLOCK, AxisShape.MLP),
    POST("mlp.hook_post", Place.BLOCK, AxisShape.MLP),
    MLP_OUT("hook_mlp_out", Place.BLOCK, AxisShape.MODEL),
    RESID_POST("hook_resid_post", Place.BLOCK, AxisShape.MODEL),
    LN_FINAL_SCALE("ln_final.hook_scale", Place.AFTER_BLOCKS, AxisShape.SCALE),
    LN_FINAL_NORMALIZED("ln_final.hook_normalized", Place.AFTER_BLOCKS, AxisShape.MODEL),
    UNEMBED_IN("unembed.hook_in", Place.AFTER_BLOCKS, AxisShape.MODEL),
    UNEMBED_OUT("unembed.hook_out", Place.AFTER_BLOCKS, AxisShape.LOGITS);

    /** Where in the model a kind stands. */
    public enum Place {
        BEFORE_BLOCKS,
        BLOCK,
        AFTER_BLOCKS
    }

    private enum AxisShape {
        MODEL,
        SCALE,
        HEAD,
        HEAD_MODEL,
        PATTERN,
        MLP,
        LOGITS
    }

    private final String path;
    private final Place place;
    private final AxisShape shape;

    HookKind(String path, Place place, AxisShape shape) {
        this.path = path;
        this.place = place;
        this.shape = shape;
    }

    /** The name within the block, or the whole name of a point outside the blocks. */
    public String path() {
        return path;
    }

    public Place place() {
        return place;
    }

    public boolean inBlock() {
        return place == Place.BLOCK;
    }

    /** What one layer's point is called in short: {@code pattern}, {@code resid_post}, {@code ln1.scale}. */
    public String shortName() {
        String bare = path.replace("hook_", "");
        return bare.startsWith("attn.") || bare.startsWith("mlp.") ? bare.substring(bare.indexOf('.') + 1) : bare;
    }

    /** False for the points of a normalisation in a model that has none. */
    public boolean existsIn(TransformerConfig config) {
        return config.normalization() != Normalization.NONE || !isNorm();
    }

    /** The readers' own inputs: copies of the residual stream, made only for those who ask for them by name. */
    public boolean isReaderInput() {
        return this == Q_INPUT || this == K_INPUT || this == V_INPUT || this == MLP_IN;
    }

    /** The activation's axes. */
    public ImmutableList<Axis> axes(TransformerConfig config, int batch, int positions) {
        var b = new Axis("batch", batch);
        var p = new Axis("pos", positions);
        var heads = new Axis("head", config.nHeads());
        return switch (shape) {
            case MODEL -> ImmutableList.of(b, p, new Axis("d_model", config.dModel()));
            case SCALE -> ImmutableList.of(b, p, new Axis("scale", 1));
            case HEAD -> ImmutableList.of(b, p, heads, new Axis("d_head", config.dHead()));
            case HEAD_MODEL -> ImmutableList.of(b, p, heads, new Axis("d_model", config.dModel()));
            case PATTERN -> ImmutableList.of(b, heads, new Axis("query", positions), new Axis("key", positions));
            case MLP -> ImmutableList.of(b, p, new Axis("d_mlp", config.dMlp()));
            case LOGITS -> ImmutableList.of(b, p, new Axis("d_vocab_out", config.dVocabOut()));
        };
    }

    private boolean isNorm() {
        return switch (this) {
            case LN1_SCALE, LN1_NORMALIZED, LN2_SCALE, LN2_NORMALIZED, LN_FINAL_SCALE, LN_FINAL_NORMALIZED -> true;
            default -> false;
        };
    }
}
