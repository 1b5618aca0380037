package io.rasplens.compiler.lower.offer;

import io.rasplens.compiler.model.Technique;

/** What a level of optimisation makes of offers: which it does without, and what the others cost it. */
public interface Policy {

    /** Whether a technique may be used at all. */
    default boolean allows(Technique technique) {
        return true;
    }

    /** Whether counts stand in the stream squeezed, for steps to read, and not as numbers that any part can be added to. */
    default boolean squeezesCounts() {
        return false;
    }

    /** Whether a function may be told by steps whose rounding may do harm at worst, though it can be had otherwise in a later block. */
    default boolean takesRoundedCases() {
        return true;
    }

    /**
     * Whether a head that copies one value from several keys may see some of them better than others: it answers the same, but its pattern
     * is not the selector's row.
     */
    default boolean weighsAlternatives() {
        return true;
    }

    /** What an offer costs at this level. The least is taken, and of equals the one of the earlier rule. */
    double price(Technique technique, Cost cost);

    /** A price below which nothing is that is still to be asked for: no more offers are looked at. */
    double bargain();
}
