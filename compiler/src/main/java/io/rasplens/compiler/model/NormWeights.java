package io.rasplens.compiler.model;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * Gain and bias of a normalisation; the RMS forms have no bias (all zero here).
 *
 * @param w {@code [dModel]}
 * @param b {@code [dModel]}
 */
public record NormWeights(ImmutableDoubleArray w, ImmutableDoubleArray b) {}
