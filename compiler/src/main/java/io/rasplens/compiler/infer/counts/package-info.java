/**
 * What is known of an input by how often each token stands in it, for s-ops that never look at positions: the situations there are, and
 * the means over some of its tokens. It sees programs and what operators make of values.
 *
 * <pre>{@code
 * Optional<TokenCounts> counts = TokenCounts.of(target);
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.infer.counts;

import org.jspecify.annotations.NullMarked;
