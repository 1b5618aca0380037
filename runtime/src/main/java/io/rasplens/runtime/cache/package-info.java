/**
 * What a run left behind, by hook name, and the ways to take the residual stream apart. Sees the compiled model for its labels
 * and output weights; analysis and views stand on it.
 *
 * <pre>{@code
 * ActivationCache cache = model.runWithCache(List.of(1, 2, 3)).cache();
 * Tensor z = cache.get("z", -1);                          // last layer, [batch, pos, head, d_head]
 * List<Value> opp = cache.sop("opp");                     // an s-op's decoded value at each position
 * ComponentStack parts = cache.decomposeResid();          // Σ parts = the final residual stream
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.cache;

import org.jspecify.annotations.NullMarked;
