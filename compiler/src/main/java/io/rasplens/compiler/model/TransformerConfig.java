package io.rasplens.compiler.model;

/**
 * The shape of a transformer, in the field's terms.
 *
 * @param nHeads heads of the widest layer; layers may have fewer inside
 * @param dHead width that every head is padded to at the boundary; inside, heads may be narrower
 * @param dMlp hidden units of the widest layer
 * @param nCtx positions, BOS included
 * @param eps added inside the root of a normalisation
 * @param attnScale what attention scores are divided by; {@code sqrt(dHead)} unless a model says otherwise
 */
public record TransformerConfig(
        int nLayers,
        int nHeads,
        int dModel,
        int dHead,
        int dMlp,
        int nCtx,
        int dVocab,
        int dVocabOut,
        Activation activation,
        AttentionDirection attentionDirection,
        Normalization normalization,
        double eps,
        double attnScale) {

    /** The activation of the MLP's hidden units. */
    public enum Activation {
        RELU,
        GELU,
        GELU_NEW,
        SILU
    }

    /** Which keys a query may see. */
    public enum AttentionDirection {
        BIDIRECTIONAL,
        CAUSAL
    }

    /** The normalisation before each sublayer and before the unembedding. */
    public enum Normalization {
        NONE,
        LN,
        LN_PRE,
        RMS,
        RMS_PRE
    }

    public boolean causal() {
        return attentionDirection == AttentionDirection.CAUSAL;
    }
}
