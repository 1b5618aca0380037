/**
 * The syntax tree: sealed records, each with its span. Made by {@code grammar.parse}, read by the elaborator.
 */
@NullMarked
package io.rasplens.grammar.ast;

import org.jspecify.annotations.NullMarked;
