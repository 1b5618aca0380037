package io.rasplens.compiler.lower.offer;

import io.rasplens.compiler.model.Technique;

/**
 * Few hidden units too, but nothing that hides what it does or that a touch breaks: keys are counted by the share that is left to BOS, and
 * sums that outweigh everything else are for what can't be had otherwise.
 */
public final class LegiblePolicy implements Policy {
    @Override
    public double price(Technique technique, Cost cost) {
        return cost.units();
    }

    @Override
    public double bargain() {
        return 0;
    }

    @Override
    public boolean squeezesCounts() {
        return true;
    }
}
