package io.rasplens.compiler.circuit.pass;

import io.rasplens.compiler.circuit.Circuit;
import java.util.function.UnaryOperator;

/**
 * One way of making a circuit smaller that gives the same answers.
 *
 * @param name what it is called where it is told of
 */
public record CircuitPass(String name, UnaryOperator<Circuit> change) {}
