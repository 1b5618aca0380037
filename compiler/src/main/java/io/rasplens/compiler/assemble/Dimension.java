package io.rasplens.compiler.assemble;

import io.rasplens.compiler.circuit.Direction;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * A residual dimension.
 *
 * @param direction of the circuit; empty for one that only the layout has
 * @param value of one that only the layout has, the special token
 * @param offset how much more it holds than its direction
 */
record Dimension(Optional<Direction> direction, Optional<Value> value, double offset) {
    static Dimension of(Direction direction) {
        return new Dimension(Optional.of(direction), Optional.empty(), 0);
    }
}
