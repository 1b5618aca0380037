package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * What a sum of multiples of means over the same keys can be: it is the mean of the sum. Means of n numbers each are many pairs, and the
 * sum of the two is one of few fractions.
 */
final class SumsOfMeans {
    /** Denominators tried to make what is averaged whole. */
    private static final int MOST_PARTS = 256;

    /** Numbers nearer than this, relative to the greatest, are one but for rounding. */
    private static final double ROUNDING = 1e-12;

    private final NodeMap<SOp, JointTable> tables;
    private final SelectorProofs proofs;

    SumsOfMeans(NodeMap<SOp, JointTable> tables, SelectorProofs proofs) {
        this.tables = tables;
        this.proofs = proofs;
    }

    /**
     * The numbers, ascending; nothing if they are not means of few ints, or of fractions of one kind, over the same keys.
     *
     * @param factors of each mean
     */
    Optional<ImmutableDoubleArray> of(Map<SOp, Double> factors) {
        if (factors.isEmpty() || !factors.keySet().stream().allMatch(SOp.Aggregate.class::isInstance)) {
            return Optional.empty();
        }
        List<SOp.Aggregate> means =
                factors.keySet().stream().map(SOp.Aggregate.class::cast).toList();
        double none = 0;
        for (SOp.Aggregate mean : means) {
            if (!mean.selector().equals(means.get(0).selector())
                    || !mean.fallback().isNumeric()) {
                return Optional.empty();
            }
            none += factors.getOrDefault(mean, 0.0) * Values.toDouble(mean.fallback());
        }
        SelectorFacts selected = proofs.facts(means.get(0).selector());
        double[] alone = summands(means, factors);
        Optional<double[]> several = means(alone, selected.most());
        if (several.isEmpty()) {
            return Optional.empty();
        }
        DoubleStream all = DoubleStream.concat(Arrays.stream(alone), Arrays.stream(several.get()));
        return Optional.of(apart(selected.least() == 0 ? DoubleStream.concat(all, DoubleStream.of(none)) : all));
    }

    /** What one key can bring; nothing where that can't be listed. */
    private double[] summands(List<SOp.Aggregate> means, Map<SOp, Double> factors) {
        var sequences = new ArrayList<JointTable>();
        for (SOp.Aggregate mean : means) {
            JointTable table = tables.get(mean.sequence());
            if (table == null || !table.values().stream().allMatch(Value::isNumeric)) {
                return new double[0];
            }
            sequences.add(table);
        }
        ImmutableList<Variable> variables = ElementwiseTable.variables(sequences);
        if (JointTable.combinations(variables) > ElementwiseTable.MAX_COMBINATIONS) {
            return new double[0];
        }
        double[] sums = new double[JointTable.combinations(variables)];
        for (int m = 0; m < means.size(); m++) {
            int[] seen = sequences.get(m).cellsSeenFrom(variables);
            for (int cell = 0; cell < sums.length; cell++) {
                sums[cell] += factors.getOrDefault(means.get(m), 0.0)
                        * sequences
                                .get(m)
                                .value(seen[cell])
                                .map(Values::toDouble)
                                .orElse(Double.NaN);
            }
        }
        return Arrays.stream(sums).filter(sum -> !Double.isNaN(sum)).distinct().toArray();
    }

    /** Means of two to {@code most} of the numbers. */
    private static Optional<double[]> means(double[] numbers, int most) {
        if (most < 2 && numbers.length > 0) {
            return Optional.of(new double[0]);
        }
        return LongStream.rangeClosed(1, MOST_PARTS)
                .filter(parts -> Arrays.stream(numbers).allMatch(x -> isWhole(x * parts)))
                .boxed()
                .findFirst()
                .filter(parts -> numbers.length > 0)
                .flatMap(parts -> {
                    Set<Value> ints = new LinkedHashSet<>();
                    Arrays.stream(numbers).forEach(x -> ints.add(IntValue.of((long) Math.rint(x * parts))));
                    return MeanValues.of(List.copyOf(ints), most) instanceof ValueSet.Finite finite
                            ? Optional.of(finite.values().stream()
                                    .mapToDouble(mean -> Values.toDouble(mean) / parts)
                                    .toArray())
                            : Optional.empty();
                });
    }

    private static boolean isWhole(double x) {
        return Math.abs(x - Math.rint(x)) <= ROUNDING * Math.max(1, Math.abs(x)) && Math.abs(x) < 1L << 53;
    }

    private static ImmutableDoubleArray apart(DoubleStream numbers) {
        double[] sorted = numbers.sorted().toArray();
        double size = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
        var apart = ImmutableDoubleArray.builder();
        double last = Double.NEGATIVE_INFINITY;
        for (double number : sorted) {
            if (number - last > ROUNDING * size) {
                apart.add(number);
                last = number;
            }
        }
        return apart.build();
    }
}
