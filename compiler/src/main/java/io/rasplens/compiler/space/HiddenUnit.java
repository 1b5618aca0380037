package io.rasplens.compiler.space;

import io.rasplens.compiler.model.Origin;

/** A hidden unit: {@code relu(input)} times {@code output} is added to the residual stream. */
public record HiddenUnit(LinearForm input, LinearForm output, Origin origin) {}
