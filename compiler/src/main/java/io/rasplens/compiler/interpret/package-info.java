/**
 * The reference meaning of a program graph on an input: the oracle everything else is tested against.
 */
@NullMarked
package io.rasplens.compiler.interpret;

import org.jspecify.annotations.NullMarked;
