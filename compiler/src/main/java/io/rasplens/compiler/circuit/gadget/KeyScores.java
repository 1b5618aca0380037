package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.ScoreTerm;

/**
 * Scores that tell which keys are selected. Each part of a conjunction adds the hardness C where it holds, so a key that meets all m
 * parts scores {@code m C} and any other at most {@code (m - 1) C}; BOS stands half way between, and wins exactly where no key is
 * selected.
 *
 * @param parts how many parts a selected key meets
 * @param bosScore where BOS has to stand to win only where no key is selected
 * @param gap how far a selected key stands above every other and above BOS; where none is selected, BOS above every key
 */
public record KeyScores(ImmutableList<ScoreTerm> terms, int parts, double bosScore, double gap) {

    /**
     * The score C of a select that holds. A key that meets all parts stands half of it above BOS: e^-50 is 2e-22, so that even 10^6
     * keys with values up to 10^6 leak less than 1e-9.
     */
    public static final double HARDNESS = 100;

    /**
     * How much more of BOS counts ask for at a hardness than should do: where numbers were not told apart as they stand, harder scores alone
     * would not tell them apart either, so that 64 times as much is tried for each doubling.
     */
    public static double more(double hardness) {
        return StrictMath.pow(hardness / HARDNESS, 6);
    }

    /** Scores with BOS half a part below the selected keys. */
    public static KeyScores againstBos(ImmutableList<ScoreTerm> terms, int parts, double hardness) {
        return new KeyScores(terms, parts, hardness * (parts - 0.5), hardness / 2);
    }
}
