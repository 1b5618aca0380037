package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.lower.gadget.NumericEquality;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.space.Direction;
import io.rasplens.compiler.space.LinearForm;
import io.rasplens.compiler.space.ScoreTerm;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Attention scores for conjunctions of selects. Each part that holds adds {@link #HARDNESS}, so a key meets all of them exactly where
 * its score is the count times that; BOS is put half a part below.
 */
final class Scores {
    /**
     * Score of a select that holds. A key that meets all parts stands half of it above BOS: e^-50 is 2e-22, so that even 10^6 keys with
     * values up to 10^6 leak less than 1e-9.
     */
    static final double HARDNESS = 100;

    /** How far BOS stands above the selected keys in a sum head; relative error {@code width · e^-50}. */
    static final double LAMBDA = 50;

    /** BOS sees only itself: what stands there never depends on the input. */
    private static final double BOS_TO_BOS = 1000;

    private static final int SMALL = 4;

    /** Squares of distances up to 10^5 units, times {@link #HARDNESS}, are rounded by 1e-4: nothing against a score of 50. */
    private static final double MAX_REACH = 1e5;

    /** Up to here squares of distances from the least key, which are up to four times those from the middle, do well in float32 too. */
    private static final double MAX_SENTINEL_REACH = 256;

    private final Lowerer lowerer;
    private final double hardness;

    Scores(Lowerer lowerer) {
        this.lowerer = lowerer;
        this.hardness = lowerer.hardness();
    }

    /**
     * @param count how many parts a selected key meets
     * @param bosScore the score at which BOS wins exactly where no key is selected
     * @param gap how far a selected key stands above every other and BOS; where none is selected, BOS above every key
     * @param stage from when on the terms can be read
     */
    record Conjunction(ImmutableList<ScoreTerm> terms, int count, double bosScore, double gap, int stage) {}

    static ScoreTerm bosTerm(double score) {
        LinearForm query = LinearForm.constant(score).plus(LinearForm.of(Direction.BOS, BOS_TO_BOS));
        return new ScoreTerm(query, LinearForm.of(Direction.BOS));
    }

    /**
     * The scores of a conjunction, or nothing if no key can ever meet it.
     *
     * @param copy whether at most one key is selected, which allows squares of distances: their leaks don't add up
     * @param neverEmpty whether one always is, so that BOS needs no say
     */
    Optional<Conjunction> conjunction(List<Predicate> path, boolean copy, boolean neverEmpty) {
        var terms = new ArrayList<ScoreTerm>();
        int stage = 0;
        int count = 0;
        List<Predicate> predicates = new ArrayList<>();
        for (Predicate predicate : path) {
            if (predicate.isNever()) {
                return Optional.empty();
            }
            if (!predicate.isAlways()) {
                predicates.add(predicate);
            }
        }
        boolean alone = predicates.size() == 1 && neverEmpty;
        for (Predicate predicate : predicates) {
            if (copy && usesDistance(predicate)) {
                boolean sentinel = alone && reach(predicate) <= MAX_SENTINEL_REACH;
                stage = Math.max(stage, distance(predicate, !alone, sentinel, terms));
                if (alone) {
                    double bosScore = sentinel ? 0 : -hardness;
                    return Optional.of(new Conjunction(ImmutableList.copyOf(terms), 1, bosScore, hardness, stage));
                }
            } else {
                stage = Math.max(stage, oneHots(predicate, terms));
            }
            count++;
        }
        return Optional.of(
                new Conjunction(ImmutableList.copyOf(terms), count, hardness * (count - 0.5), hardness / 2, stage));
    }

    private boolean usesDistance(Predicate predicate) {
        return predicate.keyValues().size() > SMALL
                && predicate.queryValues().size() > SMALL
                && lowerer.isNumber(predicate.key())
                && lowerer.isNumber(predicate.query())
                && predicate.isNumericEquality()
                && NumericEquality.gap(predicate.keyValues(), predicate.queryValues()) >= 1e-2
                && reach(predicate) <= MAX_REACH;
    }

    /** The greatest distance between a key and a query, in units of the least. */
    private double reach(Predicate predicate) {
        double[] keys = lowerer.range(predicate.key());
        double[] queries = lowerer.range(predicate.query());
        return (Math.max(keys[1], queries[1]) - Math.min(keys[0], queries[0]))
                / NumericEquality.gap(predicate.keyValues(), predicate.queryValues());
    }

    /** @param sentinel whether BOS, where all forms are 0, is to be the key before the least: it needs no score of its own then */
    private int distance(Predicate predicate, boolean againstBos, boolean sentinel, List<ScoreTerm> terms) {
        double gap = NumericEquality.gap(predicate.keyValues(), predicate.queryValues());
        double[] range = lowerer.range(predicate.key());
        double centre = sentinel ? range[0] - gap : Math.rint((range[0] + range[1]) / 2);
        LinearForm shift = LinearForm.constant(-centre);
        Signal query = lowerer.functions().number(predicate.query());
        Signal key = lowerer.functions().number(predicate.key());
        Signal keySquare = lowerer.functions().square(predicate.key(), centre);
        int stage = Math.max(query.stage(), Math.max(key.stage(), keySquare.stage()));
        double factor = hardness / (gap * gap);
        terms.addAll(NumericEquality.terms(query.form().plus(shift), key.form().plus(shift), keySquare.form(), factor));
        if (againstBos) {
            Signal querySquare = lowerer.functions().square(predicate.query(), centre);
            stage = Math.max(stage, querySquare.stage());
            LinearForm missing =
                    LinearForm.constant(hardness).minus(querySquare.form().times(factor));
            terms.add(new ScoreTerm(missing, LinearForm.constant(1)));
        }
        return stage;
    }

    /** One dimension per set of keys that the same queries select, or per set of queries that select the same keys. */
    private int oneHots(Predicate predicate, List<ScoreTerm> terms) {
        int keys = predicate.keyValues().size();
        int queries = predicate.queryValues().size();
        Map<BitSet, BitSet> keysOfQueries = new LinkedHashMap<>();
        for (int k = 0; k < keys; k++) {
            var column = new BitSet();
            for (int q = 0; q < queries; q++) {
                column.set(q, predicate.rows().get(q).get(k));
            }
            keysOfQueries.computeIfAbsent(column, c -> new BitSet()).set(k);
        }
        Map<BitSet, BitSet> queriesOfKeys = new LinkedHashMap<>();
        for (int q = 0; q < queries; q++) {
            queriesOfKeys
                    .computeIfAbsent(predicate.rows().get(q), r -> new BitSet())
                    .set(q);
        }
        int stage = 0;
        boolean byKey = keysOfQueries.size() <= queriesOfKeys.size();
        for (Map.Entry<BitSet, BitSet> group : (byKey ? keysOfQueries : queriesOfKeys).entrySet()) {
            if (group.getKey().isEmpty()) {
                continue;
            }
            Signal query =
                    indicator(predicate.query(), predicate.queryValues(), byKey ? group.getKey() : group.getValue());
            Signal key = indicator(predicate.key(), predicate.keyValues(), byKey ? group.getValue() : group.getKey());
            terms.add(new ScoreTerm(query.form().times(hardness), key.form()));
            stage = Math.max(stage, Math.max(query.stage(), key.stage()));
        }
        return stage;
    }

    private Signal indicator(SOp sop, ImmutableList<Value> values, BitSet chosen) {
        if (chosen.cardinality() == values.size()) {
            return Signal.constant(1);
        }
        OneHot oneHot = lowerer.functions().oneHot(sop);
        var sum = new TreeMap<Direction, Double>();
        chosen.stream()
                .forEach(i -> oneHot.form(values.get(i))
                        .terms()
                        .forEach((direction, c) -> sum.merge(direction, c, Double::sum)));
        return new Signal(LinearForm.ofMap(sum), oneHot.stage());
    }
}
