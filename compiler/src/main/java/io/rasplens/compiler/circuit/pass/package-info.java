/**
 * Circuit to circuit: what no reader tells apart is merged, what nobody reads is pruned, BOS is spared what it need not keep to itself.
 * The circuit is verified after each. It sees circuits alone; the lowering runs it.
 *
 * <pre>{@code
 * Circuit smaller = RunPasses.run(circuit, "LowerGraph", RunPasses.SHRINKING);
 * }</pre>
 */
@NullMarked
package io.rasplens.compiler.circuit.pass;

import org.jspecify.annotations.NullMarked;
