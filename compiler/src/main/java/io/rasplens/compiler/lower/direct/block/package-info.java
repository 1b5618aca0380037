/**
 * What a block of the direct layout is made of: heads, steps of a number, combinations of one-hots; how what it writes stands in the
 * stream; and which blocks share a layer. It knows circuits and nothing of programs; only {@code lower.direct} sees it.
 *
 * <pre>{@code
 * var block = new DirectBlock(depth, Optional.of(head), groups);
 * LayerAllocation allocation = LayerAllocation.of(blocks);
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.lower.direct.block;

import org.jspecify.annotations.NullMarked;
