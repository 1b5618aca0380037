package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.BitSet;
import java.util.List;

/**
 * A relation between a key s-op and a query s-op, written out over their values: bit k of {@code rows.get(q)} says whether
 * key value k is selected by query value q. Pairs on which a comparison fails select nothing; the program fails there.
 *
 * @param words the relation as RASP would put it, for labels
 */
record Predicate(
        SOp key,
        SOp query,
        ImmutableList<Value> keyValues,
        ImmutableList<Value> queryValues,
        ImmutableList<BitSet> rows,
        String words) {

    boolean isAlways() {
        return rows.stream().allMatch(row -> row.cardinality() == keyValues.size());
    }

    boolean isNever() {
        return rows.stream().allMatch(BitSet::isEmpty);
    }

    /** 1 for a pair that is selected, 0 for any other: {@code [query value][key value]}. */
    byte[][] scores() {
        var scores = new byte[queryValues.size()][keyValues.size()];
        for (int q = 0; q < scores.length; q++) {
            byte[] row = scores[q];
            rows.get(q).stream().forEach(k -> row[k] = 1);
        }
        return scores;
    }

    /** True if it is RASP's {@code ==} on numbers, bools not among them. */
    boolean isNumericEquality() {
        if (!isPlainNumeric(keyValues) || !isPlainNumeric(queryValues)) {
            return false;
        }
        for (int q = 0; q < rows.size(); q++) {
            for (int k = 0; k < keyValues.size(); k++) {
                if (rows.get(q).get(k) != keyValues.get(k).raspEquals(queryValues.get(q))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isPlainNumeric(List<Value> values) {
        return values.stream().allMatch(Value::isNumeric);
    }
}
