package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.ValueTerm;

/**
 * The mean of the selected keys' values, or the one selected key's value; 0, the value at BOS, where none is selected.
 *
 * <p>Selected keys share the attention evenly, as their scores are equal. A key that is not selected keeps {@code e^-gap} of a selected
 * one's weight, so with values within a range R the mean is off by at most {@code N R e^-gap}. A default other than 0 is added behind
 * the head, to values from which it was taken.
 */
public final class SelectHead {
    private SelectHead() {}

    /** The head; its values must be 0 at BOS. */
    public static Head of(
            KeyScores scores, ImmutableList<ValueTerm> values, HeadKind.Keys selected, PartOrigin origin) {
        var terms = ImmutableList.<ScoreTerm>builder().addAll(scores.terms()).add(Bos.score(scores.bosScore()));
        return new Head(terms.build(), values, new HeadKind.Mean(scores.gap(), selected), origin);
    }
}
