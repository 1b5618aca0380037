package io.rasplens.compiler.lower.selector;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        int queries = query.values().size();
        this.truths = new int[keys * queries];
        boolean alike = key.isAlwaysLike(query, facts);
        Map<BitSet, Integer> numbers = new LinkedHashMap<>();
        for (int pair = 0; pair < truths.length; pair++) {
            Optional<BitSet> truth =
                    alike && pair % keys != pair / keys ? Optional.empty() : truth(pair % keys, pair / keys);
            truths[pair] = -1;
            if (truth.isPresent()) {
                Integer number = numbers.putIfAbsent(truth.get(), numbers.size());
                truths[pair] = number == null ? numbers.size() - 1 : number;
            }
        }
        this.reachable = ImmutableList.copyOf(numbers.keySet());
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

    private Optional<BitSet> truth(int keyPlace, int queryPlace) {
        var truth = new BitSet(selects.size());
        for (int s = 0; s < selects.size(); s++) {
            Selector.Select select = selects.get(s);
            Optional<Value> left = key.value(select.key(), keyPlace, facts);
            Optional<Value> right = query.value(select.query(), queryPlace, facts);
            if (left.isEmpty() || right.isEmpty()) {
                return Optional.empty();
            }
            Optional<Boolean> holds = Attempt.of(() -> Operators.compare(select.comparison(), left.get(), right.get()));
            if (holds.isEmpty()) {
                return Optional.empty();
            }
            truth.set(s, holds.get());
        }
        return Optional.of(truth);
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
