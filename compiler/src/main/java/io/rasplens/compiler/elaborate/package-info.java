/**
 * Runs the compile-time language over the syntax tree and yields the program graph.
 */
@NullMarked
package io.rasplens.compiler.elaborate;

import org.jspecify.annotations.NullMarked;
