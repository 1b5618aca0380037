/**
 * Blocks to layers, heads, hidden units and residual dimensions.
 */
@NullMarked
package io.rasplens.compiler.schedule;

import org.jspecify.annotations.NullMarked;
