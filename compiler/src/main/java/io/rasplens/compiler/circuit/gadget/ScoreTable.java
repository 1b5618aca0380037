package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A table of scores, one for each value of a query and of a key, as a sum of products of a function of the query and one of the key.
 *
 * <p>Keys to which all queries give the same scores share a dimension, and so do queries that score all keys alike; whichever makes
 * fewer dimensions is taken. One side of a product is the set of values that share it, the other holds the scores. Over exact one-hots
 * no score is rounded, as one product at most is not zero.
 */
public final class ScoreTable {
    private ScoreTable() {}

    /**
     * A function of one s-op's value that is 0 for most values.
     *
     * @param places where it is not 0, ascending, by the value's index
     * @param weights what it is there
     */
    public record ValueWeights(ImmutableIntArray places, ImmutableIntArray weights) {}

    /** One dimension of the scores: {@code query(q) · key(k)}. */
    public record Product(ValueWeights query, ValueWeights key) {}

    /**
     * The products whose sum is the table.
     *
     * @param scores {@code [query value][key value]}
     */
    public static ImmutableList<Product> products(byte[][] scores) {
        Map<ValueWeights, ImmutableIntArray.Builder> queries = alike(scores);
        Map<ValueWeights, ImmutableIntArray.Builder> keys = alike(transposed(scores));
        ImmutableList.Builder<Product> products = ImmutableList.builder();
        if (keys.size() <= queries.size()) {
            keys.forEach((column, places) -> products.add(new Product(column, ones(places.build()))));
        } else {
            queries.forEach((row, places) -> products.add(new Product(ones(places.build()), row)));
        }
        return products.build();
    }

    /** The different lines that are not all 0, and where each stands. */
    private static Map<ValueWeights, ImmutableIntArray.Builder> alike(byte[][] lines) {
        Map<ValueWeights, ImmutableIntArray.Builder> places = new LinkedHashMap<>();
        for (int place = 0; place < lines.length; place++) {
            ValueWeights line = sparse(lines[place]);
            if (!line.places().isEmpty()) {
                places.computeIfAbsent(line, l -> ImmutableIntArray.builder()).add(place);
            }
        }
        return places;
    }

    private static ValueWeights sparse(byte[] line) {
        ImmutableIntArray.Builder places = ImmutableIntArray.builder();
        ImmutableIntArray.Builder weights = ImmutableIntArray.builder();
        for (int place = 0; place < line.length; place++) {
            if (line[place] != 0) {
                places.add(place);
                weights.add(line[place]);
            }
        }
        return new ValueWeights(places.build().trimmed(), weights.build().trimmed());
    }

    private static ValueWeights ones(ImmutableIntArray places) {
        ImmutableIntArray.Builder weights = ImmutableIntArray.builder(places.length());
        for (int i = 0; i < places.length(); i++) {
            weights.add(1);
        }
        return new ValueWeights(places.trimmed(), weights.build());
    }

    private static byte[][] transposed(byte[][] table) {
        byte[][] columns = new byte[table[0].length][table.length];
        for (int row = 0; row < table.length; row++) {
            for (int column = 0; column < columns.length; column++) {
                columns[column][row] = table[row][column];
            }
        }
        return columns;
    }
}
