package io.rasplens.runtime.transformer;

import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.tensor.Tensor;

/**
 * A run with its activations, and the gradient of one number by each of them.
 *
 * @param logits {@code [batch, pos, d_vocab_out]}
 * @param cache what the options name, as the hooks left it
 * @param gradients at the same names the number's derivative by each entry of the activation, of the same shape
 */
public record GradientRun(Tensor logits, ActivationCache cache, ActivationCache gradients) {}
