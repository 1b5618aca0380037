package io.rasplens.compiler.certify;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;

/**
 * Edits of the residual stream that a certificate allows for: at every hook point every coordinate of every row, BOS's too, may be off by
 * {@code size} times its range, all at once and each in the worst direction.
 *
 * @param size relative to the ranges; 0 for none
 * @param ranges how far apart the least and the greatest number are that stand in a coordinate, 0 among them; by feature
 */
record Edits(double size, ImmutableListMultimap<Feature, EditedRange> ranges) {
    static final Edits NONE = new Edits(0, ImmutableMap.of());

    Edits(double size, ImmutableMap<Direction, Double> ranges) {
        this(
                size,
                ranges.entrySet().stream()
                        .map(entry -> new EditedRange(entry.getKey(), entry.getValue()))
                        .collect(ImmutableListMultimap.toImmutableListMultimap(
                                range -> range.direction().feature(), range -> range)));
    }

    /** The range of one coordinate. */
    record EditedRange(Direction direction, double width) {}

    /** Edits of another size. */
    Edits ofSize(double other) {
        return new Edits(other, ranges);
    }

    boolean isNone() {
        return size == 0;
    }
}
