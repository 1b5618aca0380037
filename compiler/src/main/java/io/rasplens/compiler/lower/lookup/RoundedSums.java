package io.rasplens.compiler.lower.lookup;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Total;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which float the program makes of each sum at each position, where it takes the sum as a count times a mean.
 *
 * @param index the position
 * @param byPosition for each sum, and each value that it is rounded to, the positions that round it so
 */
record RoundedSums(
        Variable.Index index, ImmutableSortedMap<Double, ImmutableMap<Value, ImmutableList<Value>>> byPosition) {
    /** Sums and products beyond it would not be next to the whole number that they stand for. */
    private static final double MOST = 1L << 50;

    /** Sums times positions that are gone through. */
    private static final long MOST_TRIED = 1 << 22;

    /** Nothing if the s-op is no total of whole numbers, or the position alone doesn't tell the count. */
    static Optional<RoundedSums> of(SOp.Elementwise product, Facts facts) {
        Optional<Total> total = facts.total(product);
        if (total.isEmpty() || !isWhole(total.get().mean().sequence(), facts) || !isExact(product, facts)) {
            return Optional.empty();
        }
        Optional<JointTable> counts = facts.inference()
                .table(total.get().count(product))
                .filter(table ->
                        table.variables().size() == 1 && table.variables().get(0) instanceof Variable.Index);
        return counts.flatMap(table -> of(product, total.get(), table, facts));
    }

    private static boolean isWhole(SOp sequence, Facts facts) {
        return facts.inference().values(sequence) instanceof ValueSet.Finite finite
                && finite.exact()
                && finite.values().stream()
                        .mapToDouble(Values::toDouble)
                        .allMatch(x -> Math.rint(x) == x
                                && Math.abs(x) * facts.target().maxLength() < MOST);
    }

    private static boolean isExact(SOp sop, Facts facts) {
        return facts.inference().values(sop) instanceof ValueSet.Finite finite && finite.exact();
    }

    private static Optional<RoundedSums> of(SOp.Elementwise product, Total total, JointTable counts, Facts facts) {
        Map<Double, Value> values = new TreeMap<>();
        // Of 1 and 1.0, which are equal, the first has the mark of both.
        facts.values(product).forEach(value -> values.putIfAbsent(Values.toDouble(value), value));
        Map<Double, Map<Value, List<Value>>> found = new TreeMap<>();
        values.keySet().forEach(value -> found.putIfAbsent(Math.rint(value) + 0.0, new LinkedHashMap<>()));
        var index = (Variable.Index) counts.variables().get(0);
        if ((long) found.size() * index.domain().size() > MOST_TRIED) {
            return Optional.empty();
        }
        for (int at = 0; at < index.domain().size(); at++) {
            Value position = index.domain().get(at);
            counts.value(at)
                    .ifPresent(count -> found.forEach((sum, floats) -> product(product, total, count, sum)
                            .flatMap(value -> Optional.ofNullable(values.get(value)))
                            .ifPresent(value -> floats.computeIfAbsent(value, v -> new ArrayList<>())
                                    .add(position))));
        }
        // A value that no position makes is none that the program has.
        boolean all = found.values().stream().mapToInt(Map::size).sum() == values.size();
        ImmutableSortedMap.Builder<Double, ImmutableMap<Value, ImmutableList<Value>>> sums =
                ImmutableSortedMap.naturalOrder();
        found.forEach((sum, floats) -> {
            ImmutableMap.Builder<Value, ImmutableList<Value>> each = ImmutableMap.builder();
            floats.forEach((value, positions) -> each.put(value, ImmutableList.copyOf(positions)));
            sums.put(sum, each.buildOrThrow());
        });
        return all ? Optional.of(new RoundedSums(index, sums.buildOrThrow())) : Optional.empty();
    }

    /** What the program makes of a sum: it divides, and multiplies again. Sums that can't be at a position do no harm. */
    private static Optional<Double> product(SOp.Elementwise product, Total total, Value count, double sum) {
        double keys = Values.toDouble(count);
        return keys == 0
                ? Optional.of(0.0)
                : total.product(product, count, Value.of(sum / keys)).map(value -> Values.toDouble(value) + 0.0);
    }
}
