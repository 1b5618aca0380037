package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Optional;

/**
 * All parameters of a transformer, sparse and ragged; padding to rectangles happens where a file is written.
 *
 * @param embed {@code W_E [dVocab, dModel]}
 * @param posEmbed {@code W_pos [nCtx, dModel]}
 * @param lnFinal gain and bias before the unembedding; present exactly with {@code LN} and {@code RMS}
 * @param unembed {@code W_U [dModel, dVocabOut]}
 * @param unembedBias {@code b_U [dVocabOut]}
 */
public record Weights(
        WeightMatrix embed,
        WeightMatrix posEmbed,
        ImmutableList<LayerWeights> layers,
        Optional<NormWeights> lnFinal,
        WeightMatrix unembed,
        ImmutableDoubleArray unembedBias) {}
