/**
 * One file per construction, each with its maths.
 */
@NullMarked
package io.rasplens.compiler.lower.gadget;

import org.jspecify.annotations.NullMarked;
