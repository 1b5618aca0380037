package io.rasplens.compiler.lower.selector;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Selects over one key and one query, and which of them hold for each pair of their values. A side on which nothing depends (a
 * constant, another one in each select perhaps) has a single value.
 */
public final class Comparisons {
    private final ImmutableList<Selector.Select> selects;
    private final Side key;
    private final Side query;
    private final Facts facts;

    /** The truth values that the selects have together for some pair. */
    private final ImmutableList<BitSet> reachable;

    /**
     * Per pair, query by query: a number in {@link #reachable}; -1 where a select fails, as then the program does, and where key and query
     * differ in what is the same at all positions.
     */
    private final int[] truths;

    /** @param key what tells all keys of the selects, as {@code query} does all queries */
    Comparisons(Side key, Side query, List<Selector.Select> selects, Facts facts) {
        this.facts = facts;
        this.selects = ImmutableList.copyOf(selects);
        this.key = key;
        this.query = query;
        int keys = key.values().size();
        this.truths = new int[keys * query.values().size()];
        boolean alike = key.isAlwaysLike(query, facts);
        var lefts = compared(key, Selector.Select::key);
        var rights = compared(query, Selector.Select::query);
        Map<BitSet, Integer> numbers = new LinkedHashMap<>();
        var truth = new BitSet(selects.size());
        for (int pair = 0; pair < truths.length; pair++) {
            int left = pair % keys;
            int right = pair / keys;
            boolean is = (!alike || left == right) && isCompared(lefts, left, rights, right, truth);
            truths[pair] = is ? number(truth, numbers) : -1;
        }
        this.reachable = ImmutableList.copyOf(numbers.keySet());
    }

    /** For each select what it compares where a side has each of its values; empty where that fails. */
    private ImmutableList<ImmutableList<Optional<Value>>> compared(Side side, Function<Selector.Select, SOp> of) {
        ImmutableList.Builder<ImmutableList<Optional<Value>>> compared = ImmutableList.builder();
        for (Selector.Select select : selects) {
            SOp sop = of.apply(select);
            ImmutableList.Builder<Optional<Value>> values = ImmutableList.builder();
            for (int place = 0; place < side.values().size(); place++) {
                values.add(side.value(sop, place, facts));
            }
            compared.add(values.build());
        }
        return compared.build();
    }

    /** Fills in which selects hold for a pair; false if one of them fails. */
    private boolean isCompared(
            ImmutableList<ImmutableList<Optional<Value>>> lefts,
            int left,
            ImmutableList<ImmutableList<Optional<Value>>> rights,
            int right,
            BitSet truth) {
        for (int s = 0; s < selects.size(); s++) {
            Comparison comparison = selects.get(s).comparison();
            Optional<Value> key = lefts.get(s).get(left);
            Optional<Value> query = rights.get(s).get(right);
            if (key.isEmpty() || query.isEmpty()) {
                return false;
            }
            Optional<Boolean> holds = Attempt.of(() -> Operators.compare(comparison, key.get(), query.get()));
            if (holds.isEmpty()) {
                return false;
            }
            truth.set(s, holds.get());
        }
        return true;
    }

    private static int number(BitSet truth, Map<BitSet, Integer> numbers) {
        Integer known = numbers.get(truth);
        if (known != null) {
            return known;
        }
        numbers.put((BitSet) truth.clone(), numbers.size());
        return numbers.size() - 1;
    }

    ImmutableList<Selector.Select> selects() {
        return selects;
    }

    /** The truth values that the selects have together for some pair. */
    ImmutableList<BitSet> reachable() {
        return reachable;
    }

    /** Whether one of the selects holds for all pairs, or for none; empty if it depends on the pair. */
    Optional<Boolean> fixed(int select) {
        long holds = reachable.stream().filter(truth -> truth.get(select)).count();
        return holds == 0 ? Optional.of(false) : holds == reachable.size() ? Optional.of(true) : Optional.empty();
    }

    Side key() {
        return key;
    }

    Side query() {
        return query;
    }

    /** The predicate that holds where the selects have one of these truth values. */
    Predicate where(Collection<BitSet> chosen) {
        ImmutableIntArray.Builder levels = ImmutableIntArray.builder(reachable.size());
        reachable.forEach(truth -> levels.add(chosen.contains(truth) ? 1 : 0));
        var words = new PredicateWords(selects, this::words, chosen, reachable);
        return new Predicate(this, levels.build(), words.text(), words.condition(facts::reference));
    }

    /** The predicate that has a score for each of {@link #reachable}. */
    Predicate weighed(ImmutableIntArray levels) {
        return new Predicate(this, levels, "", Condition.everywhere());
    }

    /** A score for each pair of values, {@code [query value][key value]}: the level of the truth values that the selects have for it. */
    byte[][] scores(ImmutableIntArray levels) {
        int keys = key.values().size();
        var scores = new byte[query.values().size()][keys];
        for (int pair = 0; pair < truths.length; pair++) {
            if (truths[pair] >= 0) {
                scores[pair / keys][pair % keys] = (byte) levels.get(truths[pair]);
            }
        }
        return scores;
    }

    private String words(Selector.Select select) {
        return owned("key's ", select.key()) + " " + select.comparison().symbol() + " "
                + owned("query's ", select.query());
    }

    /** Which of the two positions an s-op is read at; a constant is the same at both. */
    private String owned(String owner, SOp sop) {
        return sop instanceof SOp.Constant ? facts.name(sop) : owner + facts.name(sop);
    }
}
