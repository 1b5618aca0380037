package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.TreeSet;

/**
 * Equality of two numbers in two or three dimensions: {@code -(q - k)² = 2qk - k² - q²}, greatest where the key is the query. With g
 * the least distance of a key from a query that it does not equal, and the factor {@code C / g²}, a key that is not the query stands C
 * lower at least.
 *
 * <p>{@code q²} is the same for all keys; it is needed only where BOS or another part of the score has to be able to win. For one
 * selected key only: the leaks of keys that lie far away are nothing, but those of neighbours would add up in a mean.
 *
 * @param query q, as all of these forms less a centre, around which squares are small
 * @param key k
 * @param keySquare k²
 * @param gap g
 */
public record NumericEquality(LinearForm query, LinearForm key, LinearForm keySquare, double gap) {

    /** Of the scores that BOS or other parts can be set against. */
    public static final int DIMENSIONS = 3;

    /** {@code C (2qk - k²) / g²}: the differences between keys, and no more. */
    public ImmutableList<ScoreTerm> betweenKeys(double hardness) {
        double factor = hardness / (gap * gap);
        return ImmutableList.of(
                new ScoreTerm(query.times(2 * factor), key), new ScoreTerm(LinearForm.constant(-factor), keySquare));
    }

    /** {@code C - C (q - k)² / g²}: C where the key is the query, and at most 0 where it is not. */
    public ImmutableList<ScoreTerm> absolute(LinearForm querySquare, double hardness) {
        LinearForm rest = LinearForm.constant(hardness).minus(querySquare.times(hardness / (gap * gap)));
        return ImmutableList.<ScoreTerm>builder()
                .addAll(betweenKeys(hardness))
                .add(new ScoreTerm(rest, LinearForm.constant(1)))
                .build();
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
