/**
 * The transformer itself: embedding, attention, MLP, unembedding, every activation open to hooks. Of the compiler it sees only
 * the compiled model. The views, the verbs and the analysis stand on it.
 *
 * <pre>{@code
 * HookedTransformer model = HookedTransformer.load(compiled);
 * List<Value> out = model.run(List.of(1, 2, 3));
 * CachedRun run = model.runWithCache(List.of(1, 2, 3));
 * Tensor pattern = run.cache().get("pattern", 0);        // [batch, head, query, key]
 * Tensor logits = model.forward(model.tokens(new int[] {3, 0, 1, 2}));
 * }</pre>
 *
 * <p>Activations stay as narrow as the compiled weights are. A hook or a cache sees the rectangular shapes of a file; what a
 * hook writes into the padding is taken over as the padded model would take it.
 */
@NullMarked
package io.rasplens.runtime.transformer;

import org.jspecify.annotations.NullMarked;
