package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Optional;
import org.ejml.sparse.csc.CommonOps_DSCC;

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
        ImmutableDoubleArray unembedBias) {

    /** The greatest magnitude of any weight or bias. */
    public double largest() {
        double largest = Math.max(Math.max(of(embed), of(posEmbed)), Math.max(of(unembed), of(unembedBias)));
        for (LayerWeights layer : layers) {
            for (HeadWeights head : layer.heads()) {
                largest = Math.max(largest, Math.max(of(head.wQ()), of(head.bQ())));
                largest = Math.max(largest, Math.max(of(head.wK()), of(head.bK())));
                largest = Math.max(largest, Math.max(of(head.wV()), of(head.bV())));
                largest = Math.max(largest, of(head.wO()));
            }
            MlpWeights mlp = layer.mlp();
            largest = Math.max(largest, of(layer.bO()));
            largest = Math.max(largest, Math.max(of(mlp.wIn()), of(mlp.bIn())));
            largest = Math.max(largest, Math.max(of(mlp.wOut()), of(mlp.bOut())));
        }
        return largest;
    }

    private static double of(WeightMatrix matrix) {
        return CommonOps_DSCC.elementMaxAbs(matrix.csc());
    }

    private static double of(ImmutableDoubleArray bias) {
        return bias.stream().map(Math::abs).max().orElse(0);
    }
}
