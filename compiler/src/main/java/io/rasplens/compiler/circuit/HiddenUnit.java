package io.rasplens.compiler.circuit;

/** A hidden unit: {@code relu(input)} times {@code output} is added to the residual stream. */
public record HiddenUnit(LinearForm input, LinearForm output, PartOrigin origin) {}
