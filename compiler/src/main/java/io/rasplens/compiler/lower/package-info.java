/**
 * Program graph to a certified circuit, at every level by the same steps; what a level writes, and what is done to it then, is its own.
 */
@NullMarked
package io.rasplens.compiler.lower;

import org.jspecify.annotations.NullMarked;
