package io.rasplens.compiler.space;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Origin;

/** Hidden units that are one construction, in the order in which their outputs are added up. */
public record UnitGroup(Construction construction, ImmutableList<HiddenUnit> units, Origin origin) {}
