/**
 * The program graph: what a RASP program computes, without the language it was written in. A {@link
 * io.rasplens.compiler.program.Graph} makes the nodes and interns them, so that equal subprograms are one node; they come in
 * an order in which operands stand before what uses them. {@code elaborate} makes graphs; every later stage, and the pictures
 * of the runtime, read them. This package depends on {@code grammar.value} and {@code grammar.source} only.
 *
 * <pre>{@code
 * var graph = new Graph();
 * SOp tokens = graph.tokens(TokenConversion.STR);
 * Selector same = graph.select(tokens, tokens, Comparison.EQUAL);
 * SOp histogram = graph.selectorWidth(same);
 * assert graph.selectorWidth(graph.select(tokens, tokens, Comparison.EQUAL)) == histogram;
 *
 * var program = new RaspProgram(graph, histogram, "histogram", ImmutableMap.of(), false);
 * var target = new CompileTarget(program, ImmutableList.of(Value.of("a"), Value.of("b")), 8);
 * }</pre>
 *
 * {@link io.rasplens.compiler.program.GraphPrinter} writes a graph down, {@link io.rasplens.compiler.program.GraphVerifier}
 * checks that it is well formed, and {@code compiler.interpret} says what it means.
 */
@NullMarked
package io.rasplens.compiler.program;

import org.jspecify.annotations.NullMarked;
