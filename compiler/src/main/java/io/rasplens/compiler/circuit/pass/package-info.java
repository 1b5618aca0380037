/**
 * Circuit to circuit: what no reader tells apart is merged, what nobody reads is pruned, BOS is spared what it need not keep to itself.
 * The circuit is verified after each.
 */
@NullMarked
package io.rasplens.compiler.circuit.pass;

import org.jspecify.annotations.NullMarked;
