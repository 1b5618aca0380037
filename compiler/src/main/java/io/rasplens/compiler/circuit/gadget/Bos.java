package io.rasplens.compiler.circuit.gadget;

import io.rasplens.compiler.circuit.BosPin;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreTerm;

/**
 * BOS as a key: it has a score of its own for every query, and wins where no other key has more.
 *
 * <p>As a query BOS sees only itself, so that what stands there never depends on the input: its own score is {@value BosPin#WRITTEN}
 * higher, more than any other key can have.
 */
public final class Bos {
    private Bos() {}

    /** The term that gives BOS a score that depends on the query. */
    public static ScoreTerm score(LinearForm score) {
        return new ScoreTerm(score.plus(LinearForm.of(Direction.BOS, BosPin.WRITTEN)), LinearForm.of(Direction.BOS));
    }

    /** The term that gives BOS a score. */
    public static ScoreTerm score(double score) {
        return score(LinearForm.constant(score));
    }
}
