/**
 * Functions of numbers too many to list: bends, hinges, gates, and steps where a grid leaves room for them.
 */
@NullMarked
package io.rasplens.compiler.lower.piecewise;

import org.jspecify.annotations.NullMarked;
