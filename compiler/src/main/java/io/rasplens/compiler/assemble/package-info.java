/**
 * A circuit to layers, heads, hidden units and residual dimensions.
 */
@NullMarked
package io.rasplens.compiler.assemble;

import org.jspecify.annotations.NullMarked;
