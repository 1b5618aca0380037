package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.ScoreTerm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.gadget.KeyScores;
import io.rasplens.compiler.circuit.gadget.NumericEquality;
import io.rasplens.compiler.circuit.gadget.ScoreTable;
import io.rasplens.compiler.infer.NumberRange;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.lower.selector.KeyCondition;
import io.rasplens.compiler.lower.selector.Predicate;
import io.rasplens.compiler.lower.selector.Side;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the attention scores of tests: for each part the construction that suits it. */
final class MakeScores {
    /** Between two values that steps mark apart, with room for the errors of what is compared. */
    private static final double LEAST_DISTANCE = 1e-6;

    private static final int SMALL = 4;

    /** Squares of distances up to 10^5 units, times the hardness, are rounded by 1e-4: nothing against a score of 50. */
    private static final double MAX_REACH = 1e5;

    /** Up to here squares of distances from the least key, which are up to four times those from the middle, do well in float32 too. */
    private static final double MAX_SENTINEL_REACH = 256;

    private final Facts facts;
    private final Readings readings;
    private final VariableReadings variables;
    private final double hardness;
    private final boolean hasCuts;

    /** @param hardness the score of a select that holds */
    MakeScores(Facts facts, Readings readings, VariableReadings variables, double hardness) {
        this.facts = facts;
        this.readings = readings;
        this.variables = variables;
        this.hardness = hardness;
        this.hasCuts = facts.nodes().stream().anyMatch(node -> node instanceof SOp sop && Facts.isKept(sop));
    }

    /**
     * Scores.
     *
     * @param stage from when on they can be made
     * @param nearest whether they only tell keys from each other
     */
    record Ready(KeyScores scores, Stage stage, boolean nearest) {}

    /**
     * The scores of a test.
     *
     * @param copy whether at most one key is selected, which allows squares of distances: their leaks don't add up
     * @param neverEmpty whether one always is, so that BOS needs no say
     */
    Ready of(KeyCondition test, boolean copy, boolean neverEmpty) {
        if (copy
                && neverEmpty
                && test.parts().size() == 1
                && usesDistance(test.parts().get(0))) {
            return nearest(test.parts().get(0));
        }
        var terms = ImmutableList.<ScoreTerm>builder();
        Stage stage = Stage.EMBEDDING;
        for (Predicate part : test.parts()) {
            stage = stage.and(
                    copy && test.isConjunction() && usesDistance(part) ? distance(part, terms) : oneHots(part, terms));
        }
        return new Ready(KeyScores.againstBos(terms.build(), test.threshold(), hardness), stage, false);
    }

    /** How many dimensions the scores take, before twins are merged. */
    int dimensions(KeyCondition test, boolean copy) {
        int dimensions = 0;
        for (Predicate part : test.parts()) {
            dimensions += copy && test.isConjunction() && usesDistance(part)
                    ? NumericEquality.DIMENSIONS
                    : ScoreTable.products(part.scores()).size();
        }
        return dimensions;
    }

    private boolean usesDistance(Predicate predicate) {
        return isManyNumbers(predicate.key())
                && isManyNumbers(predicate.query())
                && predicate.isNumericEquality()
                && gap(predicate) >= 1e-2
                && reach(predicate) <= MAX_REACH
                && (gap(predicate) >= 1
                        || common(predicate) > facts.target().maxLength()
                        // What is kept meets in all combinations: cells that would not occur must be told apart too.
                        || (hasCuts && !isToldApart(predicate.query())));
    }

    /** Whether steps can mark single values; two that rounding made of one number lie too close, which squares don't mind. */
    private static boolean isToldApart(Side side) {
        double[] sorted = numbers(side).stream().mapToDouble(x -> x).sorted().toArray();
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] - sorted[i - 1] < LEAST_DISTANCE) {
                return false;
            }
        }
        return true;
    }

    /**
     * How many values a key and a query can share. Where fractions are compared with few ints, marks of those few are smaller than squares
     * of all fractions, and bear more: a square magnifies an error by what the gap is in, twice.
     */
    private static long common(Predicate predicate) {
        Set<Double> keys = numbers(predicate.key());
        return numbers(predicate.query()).stream().filter(keys::contains).count();
    }

    private static Set<Double> numbers(Side side) {
        return side.values().stream().map(Values::toDouble).collect(Collectors.toSet());
    }

    private boolean isManyNumbers(Side side) {
        return side.values().size() > SMALL
                && side.places().isEmpty()
                && side.sop().filter(facts::isNumber).isPresent();
    }

    private static double gap(Predicate predicate) {
        return NumericEquality.gap(predicate.key().values(), predicate.query().values());
    }

    /** The key's s-op, where distances are used. */
    private static SOp key(Predicate predicate) {
        return predicate.key().sop().orElseThrow();
    }

    private static SOp query(Predicate predicate) {
        return predicate.query().sop().orElseThrow();
    }

    /** The greatest distance between a key and a query, in units of the least. */
    private double reach(Predicate predicate) {
        NumberRange keys = facts.range(key(predicate));
        NumberRange queries = facts.range(query(predicate));
        return (Math.max(keys.high(), queries.high()) - Math.min(keys.low(), queries.low())) / gap(predicate);
    }

    /**
     * The key that equals the query, where there always is one: it wins over any other, and BOS needs no say. BOS, where all forms are
     * 0, may be the key before the least, if distances from there are still small; else it has a score that keeps it away.
     */
    private Ready nearest(Predicate predicate) {
        double gap = gap(predicate);
        boolean sentinel = reach(predicate) <= MAX_SENTINEL_REACH;
        double centre = sentinel ? facts.range(key(predicate)).low() - gap : middle(predicate);
        Signal query = centred(query(predicate), centre);
        Signal key = centred(key(predicate), centre);
        Signal keySquare = readings.square(key(predicate), centre);
        var equality = new NumericEquality(query.form(), key.form(), keySquare.form(), gap);
        var scores = new KeyScores(equality.betweenKeys(hardness), 1, sentinel ? 0 : -hardness, hardness);
        return new Ready(scores, latest(query, key, keySquare), true);
    }

    private Stage distance(Predicate predicate, ImmutableList.Builder<ScoreTerm> terms) {
        double centre = middle(predicate);
        Signal query = centred(query(predicate), centre);
        Signal key = centred(key(predicate), centre);
        Signal keySquare = readings.square(key(predicate), centre);
        Signal querySquare = readings.square(query(predicate), centre);
        double gap = gap(predicate);
        var equality = new NumericEquality(query.form(), key.form(), keySquare.form(), gap);
        terms.addAll(equality.absolute(querySquare.form(), hardness));
        return latest(query, key, keySquare, querySquare);
    }

    private double middle(Predicate predicate) {
        NumberRange range = facts.range(key(predicate));
        return Math.rint((range.low() + range.high()) / 2);
    }

    private Signal centred(SOp sop, double centre) {
        return readings.number(sop).plus(Signal.constant(-centre));
    }

    private Stage oneHots(Predicate predicate, ImmutableList.Builder<ScoreTerm> terms) {
        Stage stage = Stage.EMBEDDING;
        for (ScoreTable.Product product : ScoreTable.products(predicate.scores())) {
            Signal query = weighted(predicate.query(), product.query());
            Signal key = weighted(predicate.key(), product.key());
            terms.add(new ScoreTerm(query.form().times(hardness), key.form()));
            stage = stage.and(latest(query, key));
        }
        return stage;
    }

    private Signal weighted(Side side, ScoreTable.ValueWeights weights) {
        ImmutableIntArray places = weights.places();
        if (places.length() == side.values().size()
                && weights.weights().stream().distinct().count() == 1) {
            return Signal.constant(weights.weights().get(0));
        }
        OneHot oneHot = side.oneHot(readings, variables);
        var sum = new TreeMap<Direction, Double>();
        for (int i = 0; i < places.length(); i++) {
            int weight = weights.weights().get(i);
            oneHot.form(side.values().get(places.get(i)))
                    .terms()
                    .forEach((direction, c) -> sum.merge(direction, weight * c, Double::sum));
        }
        return new Signal(LinearForm.ofMap(sum), oneHot.stage());
    }

    private static Stage latest(Signal... signals) {
        Stage stage = Stage.EMBEDDING;
        for (Signal signal : signals) {
            stage = stage.and(signal.stage());
        }
        return stage;
    }
}
