package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.lower.gadget.KeyScores;
import io.rasplens.compiler.lower.gadget.NumericEquality;
import io.rasplens.compiler.lower.gadget.ScoreTable;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.space.Direction;
import io.rasplens.compiler.space.LinearForm;
import io.rasplens.compiler.space.ScoreTerm;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the attention scores of conjunctions: for each part the construction that suits it. */
final class Scores {
    private static final int SMALL = 4;

    /** Squares of distances up to 10^5 units, times the hardness, are rounded by 1e-4: nothing against a score of 50. */
    private static final double MAX_REACH = 1e5;

    /** Up to here squares of distances from the least key, which are up to four times those from the middle, do well in float32 too. */
    private static final double MAX_SENTINEL_REACH = 256;

    private final Lowerer lowerer;
    private final double hardness;

    Scores(Lowerer lowerer) {
        this.lowerer = lowerer;
        this.hardness = lowerer.hardness();
    }

    /** @param stage from when on the scores can be made */
    record Conjunction(KeyScores scores, int stage) {}

    /**
     * The scores of a conjunction, or nothing if no key can ever meet it.
     *
     * @param copy whether at most one key is selected, which allows squares of distances: their leaks don't add up
     * @param neverEmpty whether one always is, so that BOS needs no say
     */
    Optional<Conjunction> conjunction(List<Predicate> path, boolean copy, boolean neverEmpty) {
        if (path.stream().anyMatch(Predicate::isNever)) {
            return Optional.empty();
        }
        List<Predicate> parts = path.stream().filter(p -> !p.isAlways()).toList();
        if (copy && neverEmpty && parts.size() == 1 && usesDistance(parts.get(0))) {
            return Optional.of(nearest(parts.get(0)));
        }
        var terms = ImmutableList.<ScoreTerm>builder();
        int stage = 0;
        for (Predicate part : parts) {
            stage = Math.max(stage, copy && usesDistance(part) ? distance(part, terms) : oneHots(part, terms));
        }
        return Optional.of(new Conjunction(KeyScores.againstBos(terms.build(), parts.size(), hardness), stage));
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

    /**
     * The key that equals the query, where there always is one: it wins over any other, and BOS needs no say. BOS, where all forms are
     * 0, may be the key before the least, if distances from there are still small; else it has a score that keeps it away.
     */
    private Conjunction nearest(Predicate predicate) {
        double gap = NumericEquality.gap(predicate.keyValues(), predicate.queryValues());
        boolean sentinel = reach(predicate) <= MAX_SENTINEL_REACH;
        double centre = sentinel ? lowerer.range(predicate.key())[0] - gap : middle(predicate);
        Signal query = centred(predicate.query(), centre);
        Signal key = centred(predicate.key(), centre);
        Signal keySquare = lowerer.functions().square(predicate.key(), centre);
        var equality = new NumericEquality(query.form(), key.form(), keySquare.form(), gap);
        var scores = new KeyScores(equality.betweenKeys(hardness), 1, sentinel ? 0 : -hardness, hardness);
        return new Conjunction(scores, latest(query, key, keySquare));
    }

    private int distance(Predicate predicate, ImmutableList.Builder<ScoreTerm> terms) {
        double centre = middle(predicate);
        Signal query = centred(predicate.query(), centre);
        Signal key = centred(predicate.key(), centre);
        Signal keySquare = lowerer.functions().square(predicate.key(), centre);
        Signal querySquare = lowerer.functions().square(predicate.query(), centre);
        double gap = NumericEquality.gap(predicate.keyValues(), predicate.queryValues());
        var equality = new NumericEquality(query.form(), key.form(), keySquare.form(), gap);
        terms.addAll(equality.absolute(querySquare.form(), hardness));
        return latest(query, key, keySquare, querySquare);
    }

    private double middle(Predicate predicate) {
        double[] range = lowerer.range(predicate.key());
        return Math.rint((range[0] + range[1]) / 2);
    }

    private Signal centred(SOp sop, double centre) {
        return lowerer.functions().number(sop).plus(Signal.constant(-centre));
    }

    private int oneHots(Predicate predicate, ImmutableList.Builder<ScoreTerm> terms) {
        int stage = 0;
        for (ScoreTable.Product product : ScoreTable.products(predicate.scores())) {
            Signal query = weighted(predicate.query(), predicate.queryValues(), product.query());
            Signal key = weighted(predicate.key(), predicate.keyValues(), product.key());
            terms.add(new ScoreTerm(query.form().times(hardness), key.form()));
            stage = Math.max(stage, latest(query, key));
        }
        return stage;
    }

    private Signal weighted(SOp sop, ImmutableList<Value> values, ScoreTable.Weights weights) {
        ImmutableIntArray places = weights.places();
        if (places.length() == values.size()
                && weights.weights().stream().distinct().count() == 1) {
            return Signal.constant(weights.weights().get(0));
        }
        OneHot oneHot = lowerer.functions().oneHot(sop);
        var sum = new TreeMap<Direction, Double>();
        for (int i = 0; i < places.length(); i++) {
            int weight = weights.weights().get(i);
            oneHot.form(values.get(places.get(i)))
                    .terms()
                    .forEach((direction, c) -> sum.merge(direction, weight * c, Double::sum));
        }
        return new Signal(LinearForm.ofMap(sum), oneHot.stage());
    }

    private static int latest(Signal... signals) {
        int stage = 0;
        for (Signal signal : signals) {
            stage = Math.max(stage, signal.stage());
        }
        return stage;
    }
}
