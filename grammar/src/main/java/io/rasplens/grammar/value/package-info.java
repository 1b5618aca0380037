/**
 * Atoms of RASP and their printed forms. Anybody may depend on it; it depends on nothing.
 */
@NullMarked
package io.rasplens.grammar.value;

import org.jspecify.annotations.NullMarked;
