package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.rasplens.compiler.infer.counts.CountedMeans;
import io.rasplens.compiler.infer.counts.SituatedValues;
import io.rasplens.compiler.infer.counts.TokenCounts;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What attention brings where it never looks at positions, {@link TokenCounts situation} by situation: a mean, a mean of distances from
 * it and a count of what is above it go together in few ways, however many values each of them has.
 */
final class CountedValues {
    /** Comparisons and sums looked at for all s-ops together; half a second. */
    private static final long MAX_WORK = 1 << 22;

    private final TokenCounts counts;
    private final NodeMap<SOp, JointTable> tables;
    private final NodeMap<SOp, List<Set<Value>>> known = new NodeMap<>();
    private long work;

    CountedValues(TokenCounts counts, NodeMap<SOp, JointTable> tables) {
        this.counts = counts;
        this.tables = tables;
    }

    /** The s-op as a variable of its own. */
    Variable variable(SOp sop, SituatedValues values) {
        return new Variable.Computed(sop, counts, values);
    }

    /** The means of an aggregate; nothing where they depend on positions, or are too many to follow. */
    Optional<SituatedValues> of(SOp.Aggregate node) {
        return possible(node.sequence())
                .flatMap(sequence -> values(
                        node.selector(),
                        Objects.requireNonNull(tables.get(node.sequence())).values(),
                        (multiset, selected) -> CountedMeans.of(
                                multiset,
                                selected,
                                token -> at(sequence, multiset, token),
                                node.fallback(),
                                this::spend)));
    }

    /** The widths of a selector; nothing where they depend on positions. */
    Optional<SituatedValues> of(SOp.SelectorWidth node) {
        return values(
                node.selector(),
                ImmutableList.of(),
                (multiset, selected) -> Optional.of(ImmutableSet.of(IntValue.of(
                        selected.stream().map(token -> multiset.counts()[token]).sum()))));
    }

    private interface SelectedTokens {
        /** What comes of the selected tokens; nothing where that can't be followed. */
        Optional<Set<Value>> read(TokenCounts.Multiset multiset, BitSet selected);
    }

    /** @param heads what a head may bring of one key, listed even where no query ever selects one alone: 1 beside a mean of 1.0 */
    private Optional<SituatedValues> values(Selector selector, List<Value> heads, SelectedTokens reading) {
        if (!isFollowed(selector)) {
            return Optional.empty();
        }
        var found = new TreeMap<Value, BitSet>(Values.ORDER);
        heads.forEach(value -> found.put(SignedZero.drop(value), new BitSet()));
        for (TokenCounts.Multiset multiset : counts.multisets()) {
            Interrupted.check();
            Map<BitSet, Set<Value>> read = new HashMap<>();
            int situation = multiset.first();
            for (int query : multiset.tokens()) {
                Optional<BitSet> selected = selected(selector, multiset, query);
                if (selected.isEmpty()) {
                    return Optional.empty();
                }
                Set<Value> values = read.get(selected.get());
                if (values == null) {
                    Optional<Set<Value>> own = reading.read(multiset, selected.get());
                    if (own.isEmpty()) {
                        return Optional.empty();
                    }
                    values = own.get();
                    read.put(selected.get(), values);
                }
                for (Value value : values) {
                    found.computeIfAbsent(SignedZero.drop(value), v -> new BitSet())
                            .set(situation);
                }
                situation++;
            }
        }
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

    private boolean isFollowed(ProgramNode selector) {
        return selector instanceof Selector.Select select
                ? possible(select.key()).isPresent() && possible(select.query()).isPresent()
                : selector.operands().stream().allMatch(this::isFollowed);
    }

    /** The tokens that a query selects; nothing where the rounding of floats decides. */
    private Optional<BitSet> selected(Selector selector, TokenCounts.Multiset multiset, int query) {
        var selected = new BitSet();
        for (int key : multiset.tokens()) {
            Optional<Boolean> holds = holds(selector, multiset, key, query);
            if (holds.isEmpty()) {
                return Optional.empty();
            }
            selected.set(key, holds.get());
        }
        return Optional.of(selected);
    }

    private Optional<Boolean> holds(Selector selector, TokenCounts.Multiset multiset, int key, int query) {
        if (selector instanceof Selector.Select select) {
            return holds(select, multiset, key, query);
        }
        if (selector instanceof Selector.And and) {
            Optional<Boolean> left = holds(and.left(), multiset, key, query);
            return left.isEmpty() || !left.get() ? left : holds(and.right(), multiset, key, query);
        }
        if (selector instanceof Selector.Or or) {
            Optional<Boolean> left = holds(or.left(), multiset, key, query);
            return left.isEmpty() || left.get() ? left : holds(or.right(), multiset, key, query);
        }
        return holds(((Selector.Not) selector).operand(), multiset, key, query).map(holds -> !holds);
    }

    private Optional<Boolean> holds(Selector.Select select, TokenCounts.Multiset multiset, int key, int query) {
        Boolean all = null;
        for (Value k : at(possible(select.key()).orElseThrow(), multiset, key)) {
            for (Value q : at(possible(select.query()).orElseThrow(), multiset, query)) {
                boolean own = SelectorProofs.holds(select.comparison(), k, q);
                if (!spend(1) || (all != null && all != own)) {
                    return Optional.empty();
                }
                all = own;
            }
        }
        return Optional.of(all != null && all);
    }

    private boolean spend(int steps) {
        work += steps;
        return work <= MAX_WORK;
    }

    private static Set<Value> at(List<Set<Value>> values, TokenCounts.Multiset multiset, int token) {
        int situation = multiset.first();
        for (int before = 0; before < token; before++) {
            situation += multiset.counts()[before] > 0 ? 1 : 0;
        }
        return values.get(situation);
    }

    /** What an s-op can be in each situation; nothing if situations don't tell. */
    private Optional<List<Set<Value>>> possible(SOp sop) {
        List<Set<Value>> values = known.get(sop);
        if (values != null) {
            return Optional.of(values);
        }
        JointTable table = tables.get(sop);
        if (table == null || !table.variables().stream().allMatch(Situations::tellOf) || work > MAX_WORK) {
            return Optional.empty();
        }
        List<ImmutableSet.Builder<Value>> found = new ArrayList<>();
        for (int s = 0; s < counts.situations(); s++) {
            found.add(ImmutableSet.builder());
        }
        new Situations(counts)
                .combinations(
                        table.variables(),
                        (cell, situations) -> table.value(cell)
                                .ifPresent(value -> situations.stream()
                                        .forEach(s -> found.get(s).add(value))));
        List<Set<Value>> built = new ArrayList<>();
        found.forEach(set -> built.add(set.build()));
        known.put(sop, built);
        return Optional.of(built);
    }
}
