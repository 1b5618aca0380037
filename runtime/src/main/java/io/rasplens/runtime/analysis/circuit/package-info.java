/**
 * Which part of a model reads which, and what for: the circuit as a graph, found in the weights; the same found by experiment, as
 * one has to in a trained model; and the matrices of heads (Elhage et al. 2021).
 *
 * <pre>{@code
 * CircuitGraph truth = CircuitGraph.of(model.model());
 * ImmutableSet<Edge> found = DiscoverEdges.discover(model, inputs, 1);
 * truth.edges();                                   // blocks.0.attn.head.0 -> blocks.1.attn.head.0 (k): opposite
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.analysis.circuit;

import org.jspecify.annotations.NullMarked;
