package io.rasplens.compiler.lower;

import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Layout;

/**
 * A program as a circuit, before anything is taken away and before it is certified.
 *
 * @param layout how it is to be written down
 * @param rounding of the output in the program itself
 */
public record Lowered(Circuit circuit, Layout layout, double rounding) {}
