package io.rasplens.compiler.certify;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Direction;

/**
 * Edits of the residual stream that a certificate allows for: at every hook point every coordinate of every row, BOS's too, may be off by
 * {@code size} times its range, all at once and each in the worst direction.
 *
 * @param size relative to the ranges; 0 for none
 * @param ranges how far apart the least and the greatest number are that stand in a coordinate, 0 among them
 */
record Edits(double size, ImmutableMap<Direction, Double> ranges) {
    static final Edits NONE = new Edits(0, ImmutableMap.of());

    boolean isNone() {
        return size == 0;
    }
}
