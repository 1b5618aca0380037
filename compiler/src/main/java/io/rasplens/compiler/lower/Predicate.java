package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A relation between a key s-op and a query s-op, written out over their values: bit k of {@code rows.get(q)} says whether
 * key value k is selected by query value q. Pairs on which the comparison fails select nothing; the program fails there.
 */
record Predicate(
        SOp key,
        SOp query,
        ImmutableList<Value> keyValues,
        ImmutableList<Value> queryValues,
        ImmutableList<BitSet> rows) {

    /** The conjunction of literals over the same key and query. */
    static Predicate of(List<Literal> literals, ImmutableList<Value> keyValues, ImmutableList<Value> queryValues) {
        var rows = new BitSet[queryValues.size()];
        for (int q = 0; q < rows.length; q++) {
            rows[q] = new BitSet(keyValues.size());
            for (int k = 0; k < keyValues.size(); k++) {
                rows[q].set(k, holds(literals, keyValues.get(k), queryValues.get(q)));
            }
        }
        SOp key = literals.get(0).key();
        SOp query = literals.get(0).query();
        return new Predicate(key, query, keyValues, queryValues, ImmutableList.copyOf(Arrays.asList(rows)));
    }

    private static boolean holds(List<Literal> literals, Value key, Value query) {
        try {
            for (Literal literal : literals) {
                if (Operators.compare(literal.comparison(), key, query) != literal.holds()) {
                    return false;
                }
            }
            return true;
        } catch (EvaluationException e) {
            return false;
        }
    }

    boolean isAlways() {
        return rows.stream().allMatch(row -> row.cardinality() == keyValues.size());
    }

    boolean isNever() {
        return rows.stream().allMatch(BitSet::isEmpty);
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
