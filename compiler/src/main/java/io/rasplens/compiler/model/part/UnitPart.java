package io.rasplens.compiler.model.part;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * Hidden units of one layer that are one construction.
 *
 * @param first the first unit's number within the layer
 * @param count how many they are, one behind the other
 * @param computes the s-ops that come of what they write, as functions
 * @param reads the s-ops that they read
 * @param shape how the units work together
 * @param input what they read, where all read one number
 * @param steps what is added as that number grows, in ascending order; empty where {@code input} is
 * @param writes the residual dimensions
 */
public record UnitPart(
        int first,
        int count,
        ImmutableList<SopFunction> computes,
        ImmutableList<String> reads,
        Pattern shape,
        Optional<StreamForm> input,
        ImmutableList<Piece> steps,
        ImmutableList<Integer> writes) {

    /** How units work together. */
    public enum Pattern {
        /** Two units a step: nothing is added left of it, the whole change right of it. */
        STEPS,
        /** A unit for each bend of a line. */
        BENDS,
        /** At most one unit is on, at 1. */
        CASES,
        /** Two units that let a number through, one for each sign. */
        BOTH_SIGNS,
        /** A number that is let through where something holds. */
        GATE
    }

    /**
     * A step, or a piece of a line.
     *
     * @param from where it begins
     * @param to where it ends
     * @param adds what is added between there, by dimension
     */
    public record Piece(double from, double to, StreamForm adds) {}
}
