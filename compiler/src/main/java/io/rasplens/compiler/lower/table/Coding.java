package io.rasplens.compiler.lower.table;

import io.rasplens.compiler.lower.reading.Signal;
import java.util.function.Supplier;

/**
 * One number that stands for some of the variables of a function.
 *
 * @param signal makes the number readable; asked only of the coding that is chosen
 * @param numbers the number in each cell of the function's table
 * @param blur how far what is read may be from that, as what it is made of isn't held any nearer
 */
@SuppressWarnings("ArrayRecordComponent")
record Coding(Supplier<Signal> signal, double[] numbers, double blur) {

    /** The coding of no variables at all. */
    static Coding none(int cells) {
        return new Coding(() -> Signal.constant(0), new double[cells], 0);
    }
}
