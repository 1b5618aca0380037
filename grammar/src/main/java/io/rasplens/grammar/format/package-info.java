/**
 * From syntax tree to text in one canonical style: lines of at most 100 columns where that is possible, four spaces for a
 * block, no brackets but those that the meaning or a reader needs. Whole files, with their comments, are laid out by
 * {@code grammar.parse.Formatter}.
 *
 * <pre>{@code
 * String text = ExpressionText.of(expression);   // "a + b * c"
 * }</pre>
 */
@NullMarked
package io.rasplens.grammar.format;

import org.jspecify.annotations.NullMarked;
