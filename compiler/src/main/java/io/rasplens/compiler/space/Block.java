package io.rasplens.compiler.space;

import com.google.common.collect.ImmutableList;

/** One layer: heads side by side, then hidden units side by side. */
public record Block(ImmutableList<Head> heads, ImmutableList<HiddenUnit> units) {}
