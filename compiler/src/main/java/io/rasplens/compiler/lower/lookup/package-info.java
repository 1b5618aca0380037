/**
 * What needs no part of its own: the embedding, and functions of one variable that are linear in it.
 */
@NullMarked
package io.rasplens.compiler.lower.lookup;

import org.jspecify.annotations.NullMarked;
