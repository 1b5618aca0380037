package io.rasplens.compiler.infer.counts;

import com.google.common.collect.ImmutableSet;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/** The means over some tokens of an input, each as often as it stands there. */
public final class CountedMeans {
    /** Ints beyond this are not exact as doubles. */
    private static final double EXACT = 1L << 53;

    private CountedMeans() {}

    /**
     * What the aggregate can be: ints have one mean, floats one for every order of adding that rounds differently.
     *
     * @param counts how often each of the tokens stands in the input
     * @param values what there is to be averaged at a token's positions; several values where rounding leaves them open
     * @param spend is told how many sums are looked at next, and says whether that is still few
     * @return empty where the means can't be followed; no value where the program fails
     */
    public static Optional<Set<Value>> of(int[] counts, List<Set<Value>> values, Value fallback, IntPredicate spend) {
        int width = 0;
        for (int count : counts) {
            width += count;
        }
        if (width <= 1) {
            return Optional.of(width == 0 ? ImmutableSet.of(fallback) : values.get(0));
        }
        if (values.stream().anyMatch(Set::isEmpty)
                || !values.stream().flatMap(Set::stream).allMatch(Value::isNumeric)) {
            return Optional.of(ImmutableSet.of());
        }
        boolean ints = values.stream()
                .allMatch(set -> set.size() == 1 && !(set.iterator().next() instanceof FloatValue));
        return ints
                ? spend.test(1) ? ofInts(counts, values, width) : Optional.empty()
                : ofFloats(counts, values, width, spend);
    }

    private static Optional<Set<Value>> ofInts(int[] counts, List<Set<Value>> values, int width) {
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < counts.length; i++) {
            BigInteger value = Values.toBigInteger(values.get(i).iterator().next());
            sum = sum.add(value.multiply(BigInteger.valueOf(counts[i])));
        }
        double rounded = sum.doubleValue();
        return Double.isFinite(rounded) ? Optional.of(ImmutableSet.of(Value.of(rounded / width))) : Optional.empty();
    }

    /** Sums of every part of the tokens, from those of the parts with one token less. */
    private static Optional<Set<Value>> ofFloats(int[] counts, List<Set<Value>> values, int width, IntPredicate spend) {
        double[][] terms = values.stream()
                .map(set -> set.stream().mapToDouble(Values::toDouble).toArray())
                .toArray(double[][]::new);
        int parts = 1;
        for (int i = 0; i < counts.length; i++) {
            for (double term : terms[i]) {
                if (!(Math.abs(term) * width <= EXACT)) {
                    return Optional.empty();
                }
            }
            parts *= counts[i] + 1;
        }
        List<Set<Double>> sums = new ArrayList<>(parts);
        sums.add(Set.of(0.0));
        for (int part = 1; part < parts; part++) {
            Set<Double> own = new HashSet<>();
            int stride = 1;
            for (int i = 0; i < counts.length; i++) {
                if (part / stride % (counts[i] + 1) > 0) {
                    Set<Double> before = sums.get(part - stride);
                    if (!spend.test(before.size() * terms[i].length)) {
                        return Optional.empty();
                    }
                    for (double sum : before) {
                        for (double term : terms[i]) {
                            own.add(sum + term + 0.0);
                        }
                    }
                }
                stride *= counts[i] + 1;
            }
            sums.add(own);
        }
        ImmutableSet.Builder<Value> means = ImmutableSet.builder();
        for (double sum : sums.get(parts - 1)) {
            means.add(Value.of(sum / width + 0.0));
        }
        return Optional.of(means.build());
    }
}
