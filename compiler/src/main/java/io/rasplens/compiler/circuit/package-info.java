/**
 * A transformer over named directions of the residual stream: linear forms, heads, hidden units, blocks. Gadgets and lowerings
 * build it, {@code assemble} gives the directions numbers. It sees {@code compiler.model} and {@code compiler.stack}, and neither the
 * program nor its own rooms {@code gadget} and {@code pass}.
 *
 * <pre>{@code
 * VerifyCircuit.problems(circuit);                                   // empty, or what can't be
 * PrintCircuit.print(circuit);                                       // what --dump blocks shows
 * CircuitTrace trace = RunCircuit.run(circuit, input);
 * trace.decode(circuit.logits(), circuit.decoder(), trace.lastStage());
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.circuit;

import org.jspecify.annotations.NullMarked;
