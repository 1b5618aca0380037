/**
 * One file per construction, each with its maths.
 */
@NullMarked
package io.rasplens.compiler.circuit.gadget;

import org.jspecify.annotations.NullMarked;
