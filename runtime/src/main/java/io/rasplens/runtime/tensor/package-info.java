/**
 * Just enough arrays for a transformer: immutable n-d {@link io.rasplens.runtime.tensor.Tensor}s with named axes for people to
 * look at, and the sparse row kernels that the forward pass is made of. Anything in {@code runtime} may depend on it; it knows
 * nothing of models.
 *
 * <pre>{@code
 * Tensor pattern = cache.get("pattern", 0);            // [batch, head, query, key]
 * Tensor head = pattern.slice("batch", 0).slice("head", 2);
 * double weight = head.get(3, 1);
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.tensor;

import org.jspecify.annotations.NullMarked;
