/**
 * Syntax trees as data in the jar, for texts that ship with it: thawing one costs a fraction of parsing its text and loads nothing of
 * ANTLR. Made from a tree by {@link io.rasplens.grammar.frozen.FreezeScript}, read by {@link io.rasplens.grammar.frozen.ThawScript};
 * anybody may depend on it, it sees the tree and the values.
 *
 * <pre>{@code
 * String frozen = FreezeScript.freeze(RaspParser.parse(source).orThrow());
 * Optional<Script> script = ThawScript.thaw(frozen, source);   // empty if the text has changed since
 * }</pre>
 *
 * <p>The form is numbers and one letter per node. A node is its letter, the start and the length of its span, then its parts in the
 * order of the record; a list is its length and its elements. Names and literals are read from the text at their spans. The first two
 * numbers tell the text that the tree belongs to: its length and its hash.
 */
@NullMarked
package io.rasplens.grammar.frozen;

import org.jspecify.annotations.NullMarked;
