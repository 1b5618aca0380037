/**
 * The program graph: interned s-ops and selectors. Made by {@code elaborate}, read by every later stage.
 */
@NullMarked
package io.rasplens.compiler.program;

import org.jspecify.annotations.NullMarked;
