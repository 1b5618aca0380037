package io.rasplens.compiler.lower.piecewise;

import io.rasplens.compiler.lower.reading.Stepped.Ends;

/**
 * How two numbers differ.
 *
 * @param least by so much, if they do
 * @param canBeEqual whether they can be equal; then they are equal floats, or it doesn't matter that they aren't
 */
record GridDistance(double least, boolean canBeEqual) {
    Ends toZero() {
        return new Ends(-least, canBeEqual ? 0 : least);
    }

    Ends fromZero() {
        return new Ends(canBeEqual ? 0 : -least, least);
    }
}
