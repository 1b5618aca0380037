package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;

/** What hidden units together compute, and so what noise in their inputs does to their outputs. */
public sealed interface Construction {

    /**
     * Saturating steps over one number, two units each: noise below a quarter of a step's gap does not pass.
     *
     * @param low the least value the number can have
     * @param high the greatest
     * @param steps ascending, after the first {@code below}; the number is never strictly between a step's two sides
     * @param below so many steps are at numbers below 0, descending: their units read the number's opposite, and left of such a step its
     *     change is taken off
     */
    record Staircase(LinearForm input, double low, double high, ImmutableList<Step> steps, int below)
            implements Construction {

        /** All steps lead up. */
        public Staircase(LinearForm input, double low, double high, ImmutableList<Step> steps) {
            this(input, low, high, steps, 0);
        }

        /** Whether the step's units read the number's opposite. */
        public boolean isBelow(int step) {
            return step < below;
        }
    }

    /**
     * One step: {@code change} is added right of it.
     *
     * @param left the greatest value of the number before the step
     * @param right the least value after it
     */
    record Step(double left, double right, LinearForm change) {}

    /**
     * A piecewise-linear function of one number, one unit per break: noise passes, times the slope. What is written is
     * {@code output} times {@code y(x) - y(x_0)}.
     *
     * @param xs strictly ascending; the number is within them
     * @param ys the function at {@code xs}
     * @param slope the steepest slope within {@code room} of a number that can be
     * @param room how wrong the number may be before it meets a steeper piece
     */
    record Polyline(
            LinearForm input,
            ImmutableDoubleArray xs,
            ImmutableDoubleArray ys,
            LinearForm output,
            double slope,
            double room)
            implements Construction {}

    /**
     * Units of which at most one is on, at exactly 1; the inputs of all others are at most 0. Noise passes unchanged.
     */
    record Cases() implements Construction {}

    /**
     * A number passed on as it is by two units, one for each of its signs: {@code relu(x) - relu(-x)}. Noise passes unchanged.
     */
    record BothSigns(LinearForm input, LinearForm output) implements Construction {}

    /** Units of which nothing is known but that they are relus: noise passes, times all weights on its way. */
    record Plain() implements Construction {}
}
