package io.rasplens.runtime.cache;

import io.rasplens.runtime.tensor.Tensor;

/**
 * A run with its activations.
 *
 * @param logits {@code [batch, pos, d_vocab_out]}; of a run that stopped before a layer, the residual stream there
 *     {@code [batch, pos, d_model]}
 */
public record CachedRun(Tensor logits, ActivationCache cache) {}
