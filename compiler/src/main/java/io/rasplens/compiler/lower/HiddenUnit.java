package io.rasplens.compiler.lower;

import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.space.LinearForm;

/** A hidden unit: {@code relu(input)} times {@code output} is added to the residual stream. */
public record HiddenUnit(LinearForm input, LinearForm output, Origin origin) {}
