/**
 * Aggregates and selector widths as attention heads.
 */
@NullMarked
package io.rasplens.compiler.lower.attention;

import org.jspecify.annotations.NullMarked;
