/**
 * Gradients of a number that is made of the logits, with respect to every activation: the forward pass gone back, from what a run has
 * kept. Only {@code transformer} sees this package.
 *
 * <pre>{@code
 * var points = new GradientPoints(forwardCache, replaced, backwardHooks, names);
 * new Backward(config, weights, points).run(gradientOfLogits);
 * ImmutableMap<HookName, Tensor> gradients = points.gradients();
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.transformer.backward;

import org.jspecify.annotations.NullMarked;
