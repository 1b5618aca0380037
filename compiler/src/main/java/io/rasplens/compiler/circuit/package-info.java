/**
 * A transformer over named directions of the residual stream: linear forms, heads, hidden units, blocks. Gadgets and lowerings
 * build it, {@code assemble} gives the directions numbers.
 */
@NullMarked
package io.rasplens.compiler.circuit;

import org.jspecify.annotations.NullMarked;
