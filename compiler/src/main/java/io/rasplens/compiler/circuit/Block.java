package io.rasplens.compiler.circuit;

import com.google.common.collect.ImmutableList;

/** One layer: heads side by side, then hidden units side by side. */
public record Block(ImmutableList<Head> heads, ImmutableList<UnitGroup> groups) {

    /** All hidden units, group by group. */
    public ImmutableList<HiddenUnit> units() {
        return groups.stream().flatMap(g -> g.units().stream()).collect(ImmutableList.toImmutableList());
    }
}
