/**
 * Where one can look into a transformer and step in: names of hook points, filters over them, hook functions, and the scopes
 * that take hooks away again. The engine, the cache and everything above may depend on it.
 *
 * <pre>{@code
 * Hook knockOut = Hook.replace((pattern, point) -> pattern.withSlice("head", 2, zeros));
 * try (HookScope scope = model.hooks().scope()) {
 *     scope.add(HookName.pattern(3), knockOut);
 *     scope.add("blocks.*.hook_resid_post", Hook.observe((resid, point) -> seen.add(resid)));
 *     model.run(input);
 * } // both are gone
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.hook;

import org.jspecify.annotations.NullMarked;
