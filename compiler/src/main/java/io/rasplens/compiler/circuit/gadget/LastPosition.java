package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.ValueTerm;

/**
 * The input's length, in one head and no hidden unit: position i scores {@code C (i + 1)}, so the last one scores highest, C above the
 * next, and tells {@code i + 1}. BOS, of score 0 and value 0, is one position before the first. Exact in any arithmetic, since one key
 * of weight 1 is read.
 */
public final class LastPosition {
    private LastPosition() {}

    /**
     * The head, which writes the length in direction {@code output}.
     *
     * @param position the position, 0-based, as a number
     */
    public static Head of(LinearForm position, Direction output, double hardness, PartOrigin origin) {
        LinearForm count = position.plus(LinearForm.constant(1));
        var terms = ImmutableList.of(new ScoreTerm(LinearForm.constant(hardness), count), Bos.score(0));
        var values = ImmutableList.of(new ValueTerm(count, LinearForm.of(output)));
        return new Head(terms, values, new HeadKind.Mean(hardness, HeadKind.Keys.ONE), origin);
    }
}
