package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A formula as a sum of weights: it holds exactly where the weights of what its parts say reach a threshold. {@code x or (y and z)} is
 * {@code 2x + y + z >= 2}; {@code (x and y) or (z and u)} has no such weights.
 *
 * <p>Where the formula holds the sum is the threshold at least, elsewhere one less at most, so times the hardness it is a score for one
 * head, with BOS half way between. Keys that are selected may differ in score: one key only may be, or only ones that hold one value.
 *
 * @param weights for each part and each thing that it can say; the least of a part is 0
 */
public record ThresholdFormula(ImmutableList<ImmutableIntArray> weights, int threshold) {
    private static final int MAX_COMBINATIONS = 1 << 12;

    private static final int MAX_ROUNDS = 1000;

    /** Greater scores would be rounded by more than is won. */
    private static final int MAX_THRESHOLD = 20;

    /**
     * Small weights for a formula, if any are found.
     *
     * @param choices how many things each part can say
     * @param holds whether the formula holds where part p says {@code choice[p]}
     */
    public static Optional<ThresholdFormula> of(ImmutableIntArray choices, Predicate<ImmutableIntArray> holds) {
        List<ImmutableIntArray> where = new ArrayList<>();
        List<ImmutableIntArray> whereNot = new ArrayList<>();
        for (ImmutableIntArray combination : combinations(choices)) {
            (holds.test(combination) ? where : whereNot).add(combination);
        }
        if (where.isEmpty() || whereNot.isEmpty()) {
            return Optional.empty();
        }
        int[][] weights = choices.stream().mapToObj(choice -> new int[choice]).toArray(int[][]::new);
        if (!learn(weights, where, whereNot)) {
            return Optional.empty();
        }
        for (int[] part : weights) {
            int least = Arrays.stream(part).min().orElse(0);
            Arrays.setAll(part, choice -> part[choice] - least);
        }
        shrink(weights, where, whereNot);
        int threshold = least(weights, where);
        if (threshold > MAX_THRESHOLD) {
            return Optional.empty();
        }
        return Optional.of(new ThresholdFormula(
                Arrays.stream(weights).map(ImmutableIntArray::copyOf).collect(ImmutableList.toImmutableList()),
                threshold));
    }

    private static List<ImmutableIntArray> combinations(ImmutableIntArray choices) {
        List<ImmutableIntArray> all = List.of(ImmutableIntArray.of());
        for (int p = 0; p < choices.length(); p++) {
            var longer = new ArrayList<ImmutableIntArray>();
            if ((long) all.size() * choices.get(p) > MAX_COMBINATIONS) {
                return List.of();
            }
            for (ImmutableIntArray combination : all) {
                for (int choice = 0; choice < choices.get(p); choice++) {
                    longer.add(ImmutableIntArray.builder()
                            .addAll(combination)
                            .add(choice)
                            .build());
                }
            }
            all = longer;
        }
        return all;
    }

    /** The perceptron: finds weights in finitely many rounds if there are any, and few if the weights are small. */
    private static boolean learn(int[][] weights, List<ImmutableIntArray> where, List<ImmutableIntArray> whereNot) {
        int bias = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            boolean changed = false;
            for (boolean holds : new boolean[] {true, false}) {
                for (ImmutableIntArray combination : holds ? where : whereNot) {
                    int sum = sum(weights, combination) + bias;
                    int step = holds && sum <= 0 ? 1 : !holds && sum >= 0 ? -1 : 0;
                    for (int p = 0; step != 0 && p < weights.length; p++) {
                        weights[p][combination.get(p)] += step;
                    }
                    bias += step;
                    changed |= step != 0;
                }
            }
            if (!changed) {
                return true;
            }
        }
        return false;
    }

    /** Lowers weights one by one as long as the formula stays the same. */
    private static void shrink(int[][] weights, List<ImmutableIntArray> where, List<ImmutableIntArray> whereNot) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int[] part : weights) {
                for (int choice = 0; choice < part.length; choice++) {
                    if (part[choice] > 0) {
                        part[choice]--;
                        boolean same = least(weights, where) > most(weights, whereNot);
                        part[choice] += same ? 0 : 1;
                        changed |= same;
                    }
                }
            }
        }
    }

    private static int least(int[][] weights, List<ImmutableIntArray> combinations) {
        return combinations.stream().mapToInt(c -> sum(weights, c)).min().orElseThrow();
    }

    private static int most(int[][] weights, List<ImmutableIntArray> combinations) {
        return combinations.stream().mapToInt(c -> sum(weights, c)).max().orElseThrow();
    }

    private static int sum(int[][] weights, ImmutableIntArray combination) {
        int sum = 0;
        for (int p = 0; p < weights.length; p++) {
            sum += weights[p][combination.get(p)];
        }
        return sum;
    }
}
