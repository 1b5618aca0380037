package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;

/**
 * How to read one s-op from the residual stream: an affine map from residual directions to logits, and a decoder for them.
 *
 * @param sop the s-op's name
 * @param layer the first layer after which it can be read; -1 is straight from the embedding
 * @param afterAttention true when it is there already after that layer's attention (at {@code resid_mid})
 * @param projection {@code [dModel, logits]}
 * @param bias {@code [logits]}
 */
public record SopReadout(
        String sop,
        int layer,
        boolean afterAttention,
        WeightMatrix projection,
        ImmutableDoubleArray bias,
        OutputDecoder decoder) {

    public static ImmutableList<SopReadout> none() {
        return ImmutableList.of();
    }
}
