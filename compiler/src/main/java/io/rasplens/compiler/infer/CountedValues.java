package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.infer.counts.CountedMeans;
import io.rasplens.compiler.infer.counts.SituatedSelector;
import io.rasplens.compiler.infer.counts.SituatedValues;
import io.rasplens.compiler.infer.counts.TokenCounts;
import io.rasplens.compiler.infer.counts.ValuesBySituation;
import io.rasplens.compiler.interpret.NearNumbers;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What attention brings where it never looks at positions, {@link TokenCounts situation} by situation: a mean, a mean of distances from
 * it and a count of what is above it go together in few ways, however many values each of them has.
 */
final class CountedValues {
    /** Comparisons and sums looked at for all s-ops together; half a second. */
    private static final long MAX_WORK = 1 << 22;

    private final Supplier<Optional<TokenCounts>> counts;
    private final NodeMap<SOp, JointTable> tables;
    private final Predicate<Variable> tellOf;
    private final NodeMap<SOp, ValuesBySituation> known = new NodeMap<>();
    private long work;

    /**
     * @param counts asked for where a program first attends without looking at positions
     * @param tellOf whether the situations of these counts tell of a variable
     */
    CountedValues(Supplier<Optional<TokenCounts>> counts, NodeMap<SOp, JointTable> tables, Predicate<Variable> tellOf) {
        this.counts = counts;
        this.tables = tables;
        this.tellOf = tellOf;
    }

    /** The s-op as a variable of its own. */
    Variable variable(SOp sop, SituatedValues values) {
        Variable.Occurrence where = occurrence(values);
        return new Variable.Computed(sop, values.values(), false, () -> where);
    }

    Variable.Occurrence occurrence(SituatedValues values) {
        return Variable.Occurrence.of(counts.get().orElseThrow(), values);
    }

    /** The means of an aggregate; nothing where they depend on positions, or are too many to follow. */
    Optional<SituatedValues> of(SOp.Aggregate node) {
        return isTold(node.sequence()) && isTold(node.selector())
                ? counts.get().flatMap(all -> means(node, all))
                : Optional.empty();
    }

    private Optional<SituatedValues> means(SOp.Aggregate node, TokenCounts all) {
        ValuesBySituation sequence = possible(node.sequence(), all);
        return values(
                node.selector(),
                all,
                Objects.requireNonNull(tables.get(node.sequence())).values(),
                (input, selected) -> {
                    int[] places = IntStream.range(0, input.counts().length)
                            .filter(place -> isIn(selected, place))
                            .toArray();
                    return CountedMeans.of(
                            IntStream.of(places)
                                    .map(place -> input.counts()[place])
                                    .toArray(),
                            IntStream.of(places)
                                    .mapToObj(place -> sequence.in(input.first() + place))
                                    .toList(),
                            node.fallback(),
                            this::spend);
                });
    }

    /** The widths of a selector; nothing where they depend on positions. */
    Optional<SituatedValues> of(SOp.SelectorWidth node) {
        return isTold(node.selector()) ? counts.get().flatMap(all -> widths(node, all)) : Optional.empty();
    }

    private Optional<SituatedValues> widths(SOp.SelectorWidth node, TokenCounts all) {
        List<Optional<Set<Value>>> widths = new ArrayList<>();
        return values(node.selector(), all, ImmutableList.of(), (input, selected) -> {
            int width = 0;
            for (int place = 0; place < input.counts().length; place++) {
                width += isIn(selected, place) ? input.counts()[place] : 0;
            }
            while (widths.size() <= width) {
                widths.add(Optional.of(ImmutableSet.of(IntValue.of(widths.size()))));
            }
            return widths.get(width);
        });
    }

    private interface SelectedTokens {
        /**
         * What comes of the selected tokens; nothing where that can't be followed.
         *
         * @param selected places in the input's tokens, a bit for each
         */
        Optional<Set<Value>> read(TokenCounts.Multiset input, int selected);
    }

    private static boolean isIn(int selected, int place) {
        return (selected >> place & 1) != 0;
    }

    /** @param heads what a head may bring of one key, listed even where no query ever selects one alone: 1 beside a mean of 1.0 */
    private Optional<SituatedValues> values(
            Selector selector, TokenCounts all, List<Value> heads, SelectedTokens reading) {
        SituatedSelector situated = SituatedSelector.of(selector, sop -> possible(sop, all), () -> spend(1));
        // Sets that are one object are looked into once.
        IdentityHashMap<Set<Value>, BitSet> read = new IdentityHashMap<>();
        for (TokenCounts.Multiset input : all.multisets()) {
            Interrupted.check();
            int tokens = input.counts().length;
            List<@Nullable Set<Value>> ofInput = new ArrayList<>(Collections.nCopies(1 << tokens, null));
            for (int query = 0; query < tokens; query++) {
                int selected = selected(situated, input, query);
                if (selected < 0) {
                    return Optional.empty();
                }
                Set<Value> values = ofInput.get(selected);
                if (values == null) {
                    Optional<Set<Value>> own = reading.read(input, selected);
                    if (own.isEmpty()) {
                        return Optional.empty();
                    }
                    values = own.get();
                    ofInput.set(selected, values);
                }
                read.computeIfAbsent(values, v -> new BitSet(all.situations())).set(input.first() + query);
            }
        }
        var found = new TreeMap<Value, BitSet>(Values.ORDER);
        heads.forEach(value -> found.put(SignedZero.drop(value), new BitSet()));
        read.forEach((values, situations) -> values.forEach(value ->
                found.computeIfAbsent(SignedZero.drop(value), v -> new BitSet()).or(situations)));
        return Optional.of(new SituatedValues(ImmutableList.copyOf(found.keySet()), ofEqualNumbers(found)));
    }

    /** Numbers that are one to a transformer have their situations in common. */
    private static ImmutableList<BitSet> ofEqualNumbers(Map<Value, BitSet> found) {
        var near = NearNumbers.among(found.keySet());
        var byNumber = new TreeMap<Double, BitSet>();
        found.forEach((value, situations) -> {
            if (value.isNumeric()) {
                byNumber.computeIfAbsent(Values.toDouble(value), number -> new BitSet())
                        .or(situations);
            }
        });
        return found.entrySet().stream()
                .map(own ->
                        own.getKey().isNumeric() ? near.said(byNumber, Values.toDouble(own.getKey())) : own.getValue())
                .collect(ImmutableList.toImmutableList());
    }

    /** The places of the tokens that a query selects, a bit for each; negative where the rounding of floats decides. */
    private static int selected(SituatedSelector selector, TokenCounts.Multiset input, int query) {
        int selected = 0;
        for (int key = 0; key < input.counts().length; key++) {
            switch (selector.of(input.first() + key, input.first() + query)) {
                case YES -> selected |= 1 << key;
                case NO -> {}
                case OPEN -> {
                    return -1;
                }
            }
        }
        return selected;
    }

    private boolean spend(int steps) {
        work += steps;
        return work <= MAX_WORK;
    }

    /** Whether situations tell what an s-op can be, or which keys a selector selects. */
    private boolean isTold(ProgramNode node) {
        if (node instanceof SOp sop) {
            JointTable table = tables.get(sop);
            return table != null && table.variables().stream().allMatch(tellOf) && work <= MAX_WORK;
        }
        return node.operands().stream().allMatch(this::isTold);
    }

    /** What an s-op can be in each situation. */
    private ValuesBySituation possible(SOp sop, TokenCounts all) {
        ValuesBySituation values = known.get(sop);
        if (values == null) {
            values = new ValuesBySituation(all.situations());
            known.put(sop, values);
            JointTable table = Objects.requireNonNull(tables.get(sop));
            ValuesBySituation found = values;
            new Situations(all)
                    .combinations(
                            table.variables(),
                            (cell, situations) -> table.value(cell).ifPresent(value -> found.add(value, situations)));
        }
        return values;
    }
}
