package io.rasplens.compiler.lower.table;

import io.rasplens.compiler.lower.reading.Signal;
import java.util.function.Supplier;

/**
 * One number that stands for some of the variables of a function.
 *
 * @param signal makes the number readable; asked only of the coding that is chosen
 * @param numbers the number in each cell of the function's table
 */
@SuppressWarnings("ArrayRecordComponent")
record Coding(Supplier<Signal> signal, double[] numbers) {

    /** The coding of no variables at all. */
    static Coding none(int cells) {
        return new Coding(() -> Signal.constant(0), new double[cells]);
    }
}
