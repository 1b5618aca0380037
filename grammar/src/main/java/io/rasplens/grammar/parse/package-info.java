/**
 * Text to syntax tree. The only package that sees ANTLR.
 */
@NullMarked
package io.rasplens.grammar.parse;

import org.jspecify.annotations.NullMarked;
