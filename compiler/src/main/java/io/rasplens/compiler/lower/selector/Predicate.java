package io.rasplens.compiler.lower.selector;

import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.model.part.Condition;

/**
 * A relation between a key and a query, as a score for each pair of their values: 0 where the key is not selected, 1 where it is, or
 * more where some ways to be selected count for more than others.
 *
 * @param pairs the values that are compared
 * @param levels the score of each of {@code pairs.reachable()}
 * @param words the relation as RASP would put it, for labels
 * @param where the same as structure
 */
public record Predicate(Comparisons pairs, ImmutableIntArray levels, String words, Condition where) {

    public Side key() {
        return pairs.key();
    }

    public Side query() {
        return pairs.query();
    }

    /** {@code [query value][key value]}; 0 for pairs on which a comparison fails, as the program does there. */
    public byte[][] scores() {
        return pairs.scores(levels);
    }

    /** True if it is RASP's {@code ==} on numbers, bools not among them. */
    public boolean isNumericEquality() {
        if (!key().isNumeric() || !query().isNumeric()) {
            return false;
        }
        byte[][] scores = scores();
        for (int q = 0; q < scores.length; q++) {
            for (int k = 0; k < scores[q].length; k++) {
                boolean equal =
                        key().values().get(k).raspEquals(query().values().get(q));
                if (scores[q][k] != (equal ? 1 : 0)) {
                    return false;
                }
            }
        }
        return true;
    }
}
