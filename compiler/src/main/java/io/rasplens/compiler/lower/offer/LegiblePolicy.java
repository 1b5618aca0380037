package io.rasplens.compiler.lower.offer;

import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.model.Technique;

/**
 * Few hidden units too, but nothing that hides what it does or that a touch breaks: keys are counted by the share that is left to BOS, and
 * sums that outweigh everything else are for what can't be had otherwise.
 */
public final class LegiblePolicy implements Policy {
    /** What rests on weights of 10^21. */
    private static final ImmutableSet<Technique> OUTWEIGHING =
            ImmutableSet.of(Technique.COUNT, Technique.TOTAL, Technique.QUOTIENT);

    /** More than any model's hidden units. */
    private static final double LAST_RESORT = 1e9;

    @Override
    public double price(Technique technique, Cost cost) {
        return cost.units() + (OUTWEIGHING.contains(technique) ? LAST_RESORT : 0);
    }

    @Override
    public double bargain() {
        return 0;
    }

    @Override
    public boolean squeezesCounts() {
        return true;
    }

    @Override
    public boolean weighsAlternatives() {
        return false;
    }
}
