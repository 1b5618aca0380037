package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Selects over one key s-op and one query s-op, and which of them hold for each pair of their values. A side on which nothing
 * depends (a constant, another one in each select perhaps) has a single value.
 */
final class Comparisons {
    /** Pairs of a key's and a query's value that are compared one by one; a second or two. */
    private static final long MAX_PAIRS = 1 << 24;

    private final ImmutableList<Selector.Select> selects;
    private final SOp key;
    private final SOp query;
    private final ImmutableList<Value> keyValues;
    private final ImmutableList<Value> queryValues;
    private final Lowerer lowerer;

    /** The truth values that the selects have together for some pair. */
    private final ImmutableList<BitSet> reachable;

    /** Per pair, query by query: a number in {@link #reachable}; -1 where a select fails, as then the program does. */
    private final int[] truths;

    private Comparisons(List<Selector.Select> selects, Lowerer lowerer) {
        this.lowerer = lowerer;
        this.selects = ImmutableList.copyOf(selects);
        this.key = moving(selects.stream().map(Selector.Select::key).toList(), lowerer);
        this.query = moving(selects.stream().map(Selector.Select::query).toList(), lowerer);
        this.keyValues = lowerer.values(key);
        this.queryValues = lowerer.values(query);
        if ((long) keyValues.size() * queryValues.size() > MAX_PAIRS) {
            throw lowerer.refuse(
                    CompileCode.TOO_MANY_VALUES,
                    query,
                    "is compared with '" + lowerer.name(key) + "', " + queryValues.size() + " values with "
                            + keyValues.size());
        }
        this.truths = new int[keyValues.size() * queryValues.size()];
        Map<BitSet, Integer> numbers = new LinkedHashMap<>();
        for (int pair = 0; pair < truths.length; pair++) {
            Value keyValue = keyValues.get(pair % keyValues.size());
            Optional<BitSet> truth = truth(keyValue, queryValues.get(pair / keyValues.size()));
            truths[pair] = -1;
            if (truth.isPresent()) {
                Integer number = numbers.putIfAbsent(truth.get(), numbers.size());
                truths[pair] = number == null ? numbers.size() - 1 : number;
            }
        }
        this.reachable = ImmutableList.copyOf(numbers.keySet());
    }

    /** One group for each pair of a key and a query, constants being all the same. */
    static ImmutableList<Comparisons> apart(List<Selector.Select> selects, Lowerer lowerer) {
        Map<List<Optional<SOp>>, List<Selector.Select>> groups = new LinkedHashMap<>();
        for (Selector.Select select : selects) {
            groups.computeIfAbsent(sides(select, lowerer), s -> new ArrayList<>())
                    .add(select);
        }
        return of(groups.values(), lowerer);
    }

    /** Selects with a constant on one side join the first group with the same s-op on the other. */
    static ImmutableList<Comparisons> joined(List<Selector.Select> selects, Lowerer lowerer) {
        Map<List<Optional<SOp>>, List<Selector.Select>> groups = new LinkedHashMap<>();
        for (Selector.Select select : selects) {
            List<Optional<SOp>> sides = sides(select, lowerer);
            if (sides.stream().allMatch(Optional::isPresent)) {
                groups.computeIfAbsent(sides, s -> new ArrayList<>()).add(select);
            }
        }
        for (Selector.Select select : selects) {
            List<Optional<SOp>> sides = sides(select, lowerer);
            if (!sides.stream().allMatch(Optional::isPresent)) {
                List<Optional<SOp>> home = groups.keySet().stream()
                        .filter(g -> (sides.get(0).isEmpty() || sides.get(0).equals(g.get(0)))
                                && (sides.get(1).isEmpty() || sides.get(1).equals(g.get(1))))
                        .findFirst()
                        .orElse(sides);
                groups.computeIfAbsent(home, s -> new ArrayList<>()).add(select);
            }
        }
        return of(groups.values(), lowerer);
    }

    private static ImmutableList<Comparisons> of(Collection<List<Selector.Select>> groups, Lowerer lowerer) {
        return groups.stream().map(group -> new Comparisons(group, lowerer)).collect(ImmutableList.toImmutableList());
    }

    private static List<Optional<SOp>> sides(Selector.Select select, Lowerer lowerer) {
        return List.of(
                Optional.of(select.key()).filter(s -> isMoving(s, lowerer)),
                Optional.of(select.query()).filter(s -> isMoving(s, lowerer)));
    }

    private static boolean isMoving(SOp sop, Lowerer lowerer) {
        return lowerer.values(sop).size() > 1;
    }

    /** The one s-op among some that are else constants. */
    private static SOp moving(List<SOp> sops, Lowerer lowerer) {
        return sops.stream().filter(s -> isMoving(s, lowerer)).findFirst().orElse(sops.get(0));
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

    /** The predicate that holds where the selects have one of these truth values. */
    Predicate where(Collection<BitSet> chosen) {
        var wanted = new BitSet();
        chosen.forEach(truth -> wanted.set(reachable.indexOf(truth)));
        ImmutableList.Builder<BitSet> rows = ImmutableList.builder();
        for (int q = 0; q < queryValues.size(); q++) {
            var row = new BitSet(keyValues.size());
            for (int k = 0; k < keyValues.size(); k++) {
                int truth = truths[q * keyValues.size() + k];
                row.set(k, truth >= 0 && wanted.get(truth));
            }
            rows.add(row);
        }
        return new Predicate(key, query, keyValues, queryValues, rows.build(), words(chosen));
    }

    private Optional<BitSet> truth(Value keyValue, Value queryValue) {
        var truth = new BitSet(selects.size());
        try {
            for (int s = 0; s < selects.size(); s++) {
                Selector.Select select = selects.get(s);
                Value left = select.key() == key
                        ? keyValue
                        : lowerer.values(select.key()).get(0);
                Value right = select.query() == query
                        ? queryValue
                        : lowerer.values(select.query()).get(0);
                truth.set(s, Operators.compare(select.comparison(), left, right));
            }
            return Optional.of(truth);
        } catch (EvaluationException e) {
            return Optional.empty();
        }
    }

    private String words(Collection<BitSet> chosen) {
        List<String> ways = chosen.stream().map(this::words).toList();
        return ways.size() == 1 ? ways.get(0) : "(" + String.join(" or ", ways) + ")";
    }

    /** As few selects as tell this case from the others, those that hold first. */
    private String words(BitSet truth) {
        Set<BitSet> others = new LinkedHashSet<>(reachable);
        others.remove(truth);
        var words = new ArrayList<String>();
        for (boolean holds : new boolean[] {true, false}) {
            for (int s = 0; s < selects.size(); s++) {
                int select = s;
                if (truth.get(s) == holds && others.removeIf(o -> o.get(select) != holds)) {
                    Selector.Select shown = selects.get(s);
                    words.add((holds ? "" : "not ") + lowerer.name(shown.key()) + " "
                            + shown.comparison().symbol() + " " + lowerer.name(shown.query()));
                }
            }
        }
        return String.join(" and ", words);
    }
}
