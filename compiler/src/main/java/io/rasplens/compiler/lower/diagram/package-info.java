/**
 * Functions of many one-hots and numbers as sums of conjunctions, found by decision diagrams instead of by all combinations of values.
 */
@NullMarked
package io.rasplens.compiler.lower.diagram;

import org.jspecify.annotations.NullMarked;
