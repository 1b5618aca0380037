package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The numbers that one direction has to tell apart. Values of different kinds but equal size are one number; so are values that
 * lie closer than any threshold could divide.
 *
 * @param clusters ascending, each with all values that are this number
 * @param leastDistance between values that are different numbers
 */
record ClusteredNumbers(ImmutableList<Cluster> clusters, double leastDistance) {
    /** Gaps below this, relative to the largest number, are rounding. */
    private static final double SAME = 1e-10;

    /** Ints beyond this are not exact as doubles. */
    private static final double EXACT_INTS = 0x1p53;

    /**
     * One number.
     *
     * @param at where it lies
     * @param values in {@link Values#ORDER}
     */
    record Cluster(double at, ImmutableList<Value> values) {
        private boolean isOneNumber() {
            return Values.toDouble(values.get(values.size() - 1)) - Values.toDouble(values.get(0)) <= Precision.at(at);
        }

        /** The value that stands for all: an int if there is one, then the float in the middle. */
        Value representative() {
            return values.stream()
                    .filter(IntValue.class::isInstance)
                    .findFirst()
                    .or(() -> values.stream()
                            .filter(FloatValue.class::isInstance)
                            .min(Comparator.comparingDouble(v -> Math.abs(Values.toDouble(v) - at))))
                    .orElse(values.get(0));
        }
    }

    /** A cluster of values that are not one number: beside far larger ones a direction doesn't keep them apart. */
    Optional<Cluster> coarse() {
        return clusters.stream().filter(cluster -> !cluster.isOneNumber()).findFirst();
    }

    /** The numbers an s-op can be, given its values in {@link Values#ORDER}. */
    static ClusteredNumbers of(RaspProgram program, SOp sop, List<Value> values) {
        List<Value> numbers = values.stream().filter(Value::isNumeric).toList();
        double largest = 0;
        for (Value number : numbers) {
            double size = Math.abs(Values.toDouble(number));
            if (!(size <= EXACT_INTS)) {
                throw new Refusal(outOfRange(program, sop, number));
            }
            largest = Math.max(largest, size);
        }
        ImmutableList.Builder<Cluster> clusters = ImmutableList.builder();
        var open = new ArrayList<Value>();
        for (Value number : numbers) {
            if (!open.isEmpty()
                    && Values.toDouble(number) - Values.toDouble(open.get(open.size() - 1)) > SAME * largest) {
                clusters.add(cluster(open));
                open.clear();
            }
            open.add(number);
        }
        if (!open.isEmpty()) {
            clusters.add(cluster(open));
        }
        return new ClusteredNumbers(clusters.build(), SAME * largest);
    }

    static io.rasplens.grammar.diagnostic.Diagnostic outOfRange(RaspProgram program, SOp sop, Value number) {
        String shown = number.repr();
        return DescribeNode.at(
                program,
                sop,
                CompileCode.NUMBER_OUT_OF_RANGE,
                "the s-op " + DescribeNode.name(program, sop) + " can be "
                        + (shown.length() > 30 ? shown.substring(0, 30) + "…" : shown)
                        + ", which a 64-bit float doesn't hold exactly",
                "keep numbers below 2^53");
    }

    private static Cluster cluster(List<Value> values) {
        double low = Values.toDouble(values.get(0));
        double high = Values.toDouble(values.get(values.size() - 1));
        return new Cluster(low + (high - low) / 2, ImmutableList.copyOf(values));
    }
}
