package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Optional;

/**
 * One transformer block.
 *
 * @param heads as many as the layer uses, possibly none
 * @param bO {@code [dModel]}
 * @param ln1 gain and bias before attention; present exactly with {@code LN} and {@code RMS}
 * @param ln2 the same before the MLP
 */
public record LayerWeights(
        ImmutableList<HeadWeights> heads,
        ImmutableDoubleArray bO,
        MlpWeights mlp,
        Optional<NormWeights> ln1,
        Optional<NormWeights> ln2) {}
