package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The means that several numbers of a given set can have. */
final class MeanValues {
    /** Sums followed at once; beyond it, only the bounds are kept. */
    private static final int MAX_SUMS = 1 << 17;

    /** The same for floats, of all counts together; many of them have the same mean. */
    private static final int MAX_FLOAT_SUMS = 1 << 18;

    /** Ints beyond this are not exact as doubles. */
    private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53);

    private MeanValues() {}

    /** Means of two to {@code most} numbers, each one of {@code numbers} (bools count as ints). */
    static ValueSet of(List<? extends Value> numbers, int most) {
        double low = numbers.stream().mapToDouble(Values::toDouble).min().orElseThrow();
        double high = numbers.stream().mapToDouble(Values::toDouble).max().orElseThrow();
        if (most < 2) {
            return new ValueSet.Finite(ImmutableList.of(), true);
        }
        TreeSet<Double> means = new TreeSet<>();
        if (!follow(numbers, most, (count, mean) -> means.add(mean))) {
            return new ValueSet.Interval(low, high);
        }
        return new ValueSet.Finite(means.stream().map(Value::of).collect(ImmutableList.toImmutableList()), true);
    }

    /** Is told of the means that there can be. */
    private interface MeanSink {
        void mean(int count, double mean);
    }

    /** The means of each count from 0 to {@code most}, from two numbers on; empty where they are too many to follow. */
    static Optional<List<Set<Double>>> byCount(List<? extends Value> numbers, int most) {
        List<Set<Double>> means = new ArrayList<>();
        for (int n = 0; n <= most; n++) {
            means.add(new HashSet<>());
        }
        return follow(numbers, most, (count, mean) -> means.get(count).add(mean))
                ? Optional.of(means)
                : Optional.empty();
    }

    private static boolean follow(List<? extends Value> numbers, int most, MeanSink found) {
        return numbers.stream().noneMatch(FloatValue.class::isInstance)
                ? ofInts(numbers, most, found)
                : ofFloats(numbers, most, found);
    }

    /** Means of two to {@code most} equal numbers; sums of one float may be rounded, so that they can differ from it. */
    static ValueSet ofEqual(List<? extends Value> numbers, int most) {
        TreeSet<Double> means = new TreeSet<>();
        for (Value number : numbers) {
            if (!(of(List.of(number), most) instanceof ValueSet.Finite finite)) {
                double low =
                        numbers.stream().mapToDouble(Values::toDouble).min().orElseThrow();
                double high =
                        numbers.stream().mapToDouble(Values::toDouble).max().orElseThrow();
                return new ValueSet.Interval(low, high);
            }
            finite.values().forEach(mean -> means.add(Values.toDouble(mean)));
        }
        return new ValueSet.Finite(means.stream().map(Value::of).collect(ImmutableList.toImmutableList()), true);
    }

    /** Whether the mean of up to {@code most} equal ones is their value: no bools, whose mean is no bool, and no sum that is rounded. */
    static boolean keepsEqual(List<? extends Value> values, int most) {
        if (!values.stream().allMatch(Values::isNumber) || !(ofEqual(values, most) instanceof ValueSet.Finite means)) {
            return false;
        }
        var bySize = new HashMap<Double, List<Value>>();
        for (Value value : values) {
            bySize.computeIfAbsent(Values.toDouble(value) + 0.0, size -> new ArrayList<>())
                    .add(value);
        }
        return means.values().stream()
                .allMatch(mean -> bySize.getOrDefault(Values.toDouble(mean) + 0.0, List.of()).stream()
                        .anyMatch(mean::raspEquals));
    }

    /** Why the means of two to {@code most} of these numbers aren't listed. */
    static String unlisted(List<? extends Value> numbers, int most) {
        double greatest = numbers.stream()
                .mapToDouble(number -> Math.abs(Values.toDouble(number)))
                .max()
                .orElse(0);
        return "means of up to " + most + " out of " + numbers.size() + " numbers, and "
                + (greatest * most > EXACT.doubleValue()
                        ? "their sums are beyond 2^53, where floats leave out whole numbers"
                        : "at most " + MAX_SUMS + " sums are listed");
    }

    private static boolean ofInts(List<? extends Value> numbers, int most, MeanSink found) {
        List<BigInteger> ints =
                numbers.stream().map(Values::toBigInteger).distinct().sorted().toList();
        BigInteger low = ints.get(0);
        BigInteger high = ints.get(ints.size() - 1);
        BigInteger step = ints.stream().map(i -> i.subtract(low)).reduce(BigInteger.ZERO, BigInteger::gcd);
        if (low.abs().max(high.abs()).multiply(BigInteger.valueOf(most)).compareTo(EXACT) > 0) {
            return false;
        }
        if (step.signum() == 0) {
            for (int n = 2; n <= most; n++) {
                found.mean(n, low.multiply(BigInteger.valueOf(n)).doubleValue() / n);
            }
            return true;
        }
        BigInteger span = high.subtract(low).divide(step);
        if (span.multiply(BigInteger.valueOf((long) most * most / 2)).compareTo(BigInteger.valueOf(MAX_SUMS)) > 0) {
            return ofFarInts(ints, most, found);
        }
        int[] offsets = ints.stream()
                .mapToInt(i -> i.subtract(low).divide(step).intValue())
                .toArray();
        double base = low.doubleValue();
        double unit = step.doubleValue();
        BitSet sums = new BitSet();
        sums.set(0);
        for (int n = 1; n <= most; n++) {
            var next = new BitSet();
            for (int sum = sums.nextSetBit(0); sum >= 0; sum = sums.nextSetBit(sum + 1)) {
                for (int offset : offsets) {
                    next.set(sum + offset);
                }
            }
            sums = next;
            if (n > 1) {
                for (int sum = sums.nextSetBit(0); sum >= 0; sum = sums.nextSetBit(sum + 1)) {
                    found.mean(n, (base * n + unit * sum) / n);
                }
            }
        }
        return true;
    }

    /** Of ints that lie far apart: few sums may be spread over a wide range. They are all exact. */
    private static boolean ofFarInts(List<BigInteger> ints, int most, MeanSink found) {
        long[] terms = ints.stream().mapToLong(BigInteger::longValueExact).toArray();
        // k numbers have n (k - 1) + 1 sums of n or more: that many of them are not even begun with.
        if ((long) (terms.length - 1) * most * (most + 1) / 2 + most > MAX_SUMS) {
            return false;
        }
        Set<Long> sums = Set.of(0L);
        long listed = 0;
        for (int n = 1; n <= most; n++) {
            Set<Long> next = new HashSet<>();
            for (long sum : sums) {
                for (long term : terms) {
                    next.add(sum + term);
                }
                if (listed + next.size() > MAX_SUMS) {
                    return false;
                }
            }
            sums = next;
            listed += sums.size();
            if (n > 1) {
                for (long sum : sums) {
                    found.mean(n, (double) sum / n);
                }
            }
        }
        return true;
    }

    /**
     * Every order of adding is followed, with the rounding it has from left to right: sums that differ in the last digit are
     * different values, to the interpreter's comparisons too.
     */
    private static boolean ofFloats(List<? extends Value> numbers, int most, MeanSink found) {
        double[] terms = numbers.stream()
                .mapToDouble(Values::toDouble)
                .distinct()
                .sorted()
                .toArray();
        double largest = Math.max(Math.abs(terms[0]), Math.abs(terms[terms.length - 1]));
        if (!Double.isFinite(largest) || largest * most > EXACT.doubleValue()) {
            return false;
        }
        TreeSet<Double> sums = new TreeSet<>();
        sums.add(0.0);
        long listed = 0;
        for (int n = 1; n <= most; n++) {
            if ((long) sums.size() * terms.length > MAX_SUMS) {
                return false;
            }
            TreeSet<Double> next = new TreeSet<>();
            for (double sum : sums) {
                for (double term : terms) {
                    next.add(sum + term + 0.0);
                }
            }
            sums = next;
            if (n > 1) {
                for (double sum : sums) {
                    found.mean(n, sum / n + 0.0);
                }
                listed += sums.size();
            }
            if (listed > MAX_FLOAT_SUMS) {
                return false;
            }
        }
        return true;
    }
}
