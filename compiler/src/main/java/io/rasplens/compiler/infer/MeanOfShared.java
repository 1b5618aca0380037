package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The mean over all keys of what depends on the position, the length and numbers that are the same at all positions,
 * {@code aggregate(full_s, (indices - average(tokens_int)) ^ 2)}: whatever the tokens are, it is a function of the length and those numbers,
 * rounded as the program rounds it, and needs no head.
 */
final class MeanOfShared {
    /** Positions that are added up, for all combinations together. */
    private static final long MOST_ADDED = 1 << 23;

    /** Sums of ints are floats up to here. */
    private static final double MOST = 1L << 53;

    private MeanOfShared() {}

    /**
     * The mean as a function of the length and of what is shared.
     *
     * @param isShared whether a variable is the same at all positions
     * @return nothing if the sequence depends on anything else, or on nothing shared, or that is too much
     */
    static Optional<JointTable> of(
            JointTable sequence, Variable.Index index, Variable.Length length, Predicate<Variable> isShared) {
        boolean isOwn = sequence.variables().stream()
                .allMatch(v -> v instanceof Variable.Index || v instanceof Variable.Length || isShared.test(v));
        var byRank = new TreeMap<Integer, Variable>();
        byRank.put(Variable.rank(length), length);
        sequence.variables().stream().filter(isShared).forEach(v -> byRank.put(Variable.rank(v), v));
        ImmutableList<Variable> variables = ImmutableList.copyOf(byRank.values());
        long cells = JointTable.combinations(variables);
        int longest = length.domain().size();
        return isOwn
                        && variables.size() > 1
                        && cells <= ElementwiseTable.mostCombinations(variables)
                        && cells * longest <= MOST_ADDED
                        && hasExactMeans(sequence, longest)
                ? Optional.of(JointTable.of(variables, means(sequence, index, length, variables))
                        .overUsed())
                : Optional.empty();
    }

    /** Numbers alone, and sums of ints that are not rounded in any order. */
    private static boolean hasExactMeans(JointTable sequence, int longest) {
        return sequence.values().stream()
                .allMatch(value -> Values.isNumber(value)
                        && Double.isFinite(Values.toDouble(value))
                        && (!(value instanceof IntValue) || Math.abs(Values.toDouble(value)) * longest < MOST));
    }

    private static List<Optional<Value>> means(
            JointTable sequence, Variable.Index index, Variable.Length length, ImmutableList<Variable> variables) {
        int positions = index.domain().size();
        int[] lengths = JointTable.coordinates(variables, variables.indexOf(length));
        boolean[] impossible = ElementwiseTable.impossible(variables, lengths.length);
        int[] places = sequence.cellsSeenFrom(
                ImmutableList.<Variable>builder().addAll(variables).add(index).build());
        var means = new ArrayList<Optional<Value>>(lengths.length);
        for (int cell = 0; cell < lengths.length; cell++) {
            means.add(
                    impossible[cell] ? Optional.empty() : mean(sequence, places, cell * positions, lengths[cell] + 1));
        }
        return means;
    }

    /** From left to right, as the program adds; one number alone stays what it is. */
    private static Optional<Value> mean(JointTable sequence, int[] places, int first, int count) {
        double sum = 0;
        for (int at = 0; at < count; at++) {
            Optional<Value> value = sequence.value(places[first + at]);
            if (value.isEmpty() || count == 1) {
                return value;
            }
            sum += Values.toDouble(value.get());
        }
        return Optional.of(Value.of(sum / count)).filter(mean -> Double.isFinite(Values.toDouble(mean)));
    }
}
