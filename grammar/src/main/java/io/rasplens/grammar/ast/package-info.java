/**
 * The syntax tree: sealed records, each with its span. Made by {@code grammar.parse}, read by the elaborator; anybody may
 * depend on it.
 *
 * <p>Trees are at most {@code ParseLimits.NESTING} deep except on the left side of chains such as {@code a + b + c}; see
 * {@link io.rasplens.grammar.ast.LeftSpine}.
 *
 * <pre>{@code
 * for (Item item : script.items()) {
 *     if (item instanceof Statement.Assignment assignment) {
 *         bind(assignment.targets(), assignment.values());
 *     }
 * }
 * }</pre>
 */
@NullMarked
package io.rasplens.grammar.ast;

import org.jspecify.annotations.NullMarked;
