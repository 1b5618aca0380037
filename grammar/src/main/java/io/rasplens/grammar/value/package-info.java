/**
 * Atoms of RASP and their printed forms. Anybody may depend on it; of ours it sees only {@code grammar.platform}, for the digits
 * of a float.
 */
@NullMarked
package io.rasplens.grammar.value;

import org.jspecify.annotations.NullMarked;
