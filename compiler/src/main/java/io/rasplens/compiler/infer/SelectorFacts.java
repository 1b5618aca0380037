package io.rasplens.compiler.infer;

/**
 * How many keys a query can select.
 *
 * @param least at least so many
 * @param most at most so many
 */
record SelectorFacts(int least, int most) {
    /** What holds of both. */
    SelectorFacts alsoSeen(SelectorFacts other) {
        return new SelectorFacts(Math.min(least, other.least), Math.max(most, other.most));
    }

    /** Both are known to hold. */
    SelectorFacts and(SelectorFacts other) {
        return new SelectorFacts(Math.max(least, other.least), Math.min(most, other.most));
    }
}
