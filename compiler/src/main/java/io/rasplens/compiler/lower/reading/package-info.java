/**
 * What all rooms of the lowering share: how s-ops are read from the residual stream, and what is written to it.
 */
@NullMarked
package io.rasplens.compiler.lower.reading;

import org.jspecify.annotations.NullMarked;
