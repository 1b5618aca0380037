/**
 * The numbers of a run: how rows of several inputs lie in arrays, x·W + b over them, the functions of the MLP and of softmax, and the
 * arrays that runs use again. It knows matrices, but neither layers nor hooks; the forward and the backward pass stand on it.
 *
 * <pre>{@code
 * var lanes = new Lanes(batch, positions);
 * double[] hidden = scratch.get(Scratch.HIDDEN, lanes.rows() * linear.width());
 * linear.apply(stream, hidden, lanes.stride());
 * ActivationFunction.apply(Activation.RELU, hidden, hidden, hidden.length);
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.transformer.arithmetic;

import org.jspecify.annotations.NullMarked;
