package io.rasplens.compiler.lower.offer;

import io.rasplens.compiler.model.Technique;

/** The fewest hidden units, by whatever technique. Heads come with the program's own aggregates: no technique saves any. */
public final class SmallestPolicy implements Policy {
    @Override
    public double price(Technique technique, Cost cost) {
        return cost.units();
    }

    @Override
    public double bargain() {
        return 0;
    }
}
