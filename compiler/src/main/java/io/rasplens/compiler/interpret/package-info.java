/**
 * The reference meaning of a program graph on an input: the oracle everything else is tested against. Depends on
 * {@code compiler.program}, {@code compiler.stack} and the grammar module; {@code elaborate} and {@code infer} use its {@link
 * io.rasplens.compiler.interpret.Operators} to work on atoms.
 *
 * <pre>{@code
 * Graph graph = new Graph();
 * SOp tokens = graph.tokens(TokenConversion.STR);
 * SOp histogram = graph.selectorWidth(graph.select(tokens, tokens, Comparison.EQUAL));
 * List<Value> input = List.of(Value.of("a"), Value.of("b"), Value.of("a"));
 * Interpreter.evaluate(histogram, input, false); // [2, 1, 2]
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.interpret;

import org.jspecify.annotations.NullMarked;
