package io.rasplens.compiler.lower.gadget;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.space.LinearForm;
import io.rasplens.compiler.space.ScoreTerm;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.TreeSet;

/**
 * Equality of two numbers in two dimensions: {@code -(q - k)² = 2qk - k² - q²}, greatest where the key is the query.
 *
 * <p>{@code q²} is the same for all keys; it is needed only where BOS has to be able to win.
 */
public final class NumericEquality {
    private NumericEquality() {}

    /** {@code factor · (2qk - k²)}. */
    public static ImmutableList<ScoreTerm> terms(
            LinearForm query, LinearForm key, LinearForm keySquare, double factor) {
        return ImmutableList.of(
                new ScoreTerm(query.times(2 * factor), key), new ScoreTerm(LinearForm.constant(-factor), keySquare));
    }

    /** The least distance between a key and a query that are not equal; how close two keys or two queries are is no matter. */
    public static double gap(Iterable<Value> keys, Iterable<Value> queries) {
        var sorted = new TreeSet<Double>();
        keys.forEach(v -> sorted.add(Values.toDouble(v)));
        double gap = 1;
        for (Value value : queries) {
            double query = Values.toDouble(value);
            Double below = sorted.lower(query);
            Double above = sorted.higher(query);
            gap = below == null ? gap : Math.min(gap, query - below);
            gap = above == null ? gap : Math.min(gap, above - query);
        }
        return gap;
    }
}
