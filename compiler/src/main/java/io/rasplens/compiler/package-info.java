/**
 * The compiler's front door: source text to compiled model, as a list of stages.
 */
@NullMarked
package io.rasplens.compiler;

import org.jspecify.annotations.NullMarked;
