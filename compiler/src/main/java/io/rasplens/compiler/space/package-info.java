/**
 * A transformer over named directions of the residual stream: linear forms, heads, hidden units, blocks. Gadgets and lowerings
 * build it, {@code schedule} gives the directions numbers.
 */
@NullMarked
package io.rasplens.compiler.space;

import org.jspecify.annotations.NullMarked;
