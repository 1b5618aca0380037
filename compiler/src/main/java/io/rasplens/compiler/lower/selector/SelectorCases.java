package io.rasplens.compiler.lower.selector;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.circuit.gadget.ThresholdFormula;
import io.rasplens.compiler.infer.SelectorDiagram;
import io.rasplens.compiler.lower.selector.GroupSelects.Grouping;
import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.program.Selector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Writes a selector as conjunctions of predicates that exclude each other: what is selected is selected by exactly one of them, so
 * sums over the conjunctions are sums over the selector.
 *
 * <p>The selects of a formula are first gathered by what they compare: all selects of one key s-op and one query s-op are read off
 * the same pair of values, so only the truth values that some pair of values has together are followed ({@code k < q} and
 * {@code k == q} never hold at once), and branches that leave the same formula are one predicate.
 */
public final class SelectorCases {
    private static final int MAX_NODES = 100_000;

    private final ImmutableList<Comparisons> groups;
    private final SelectorDiagram diagram;
    private final int limit;
    private final List<Integer> groupOf = new ArrayList<>();
    private final List<Integer> firstOf = new ArrayList<>();
    private final List<KeyCondition> cases = new ArrayList<>();

    private SelectorCases(ImmutableList<Comparisons> groups, int limit) {
        this.groups = groups;
        this.limit = limit;
        var order = new ArrayList<Selector.Select>();
        Map<Selector, Boolean> fixed = new HashMap<>();
        for (int g = 0; g < groups.size(); g++) {
            firstOf.add(order.size());
            order.addAll(groups.get(g).selects());
            for (int s = 0; s < groups.get(g).selects().size(); s++) {
                Selector.Select select = groups.get(g).selects().get(s);
                groups.get(g).fixed(s).ifPresent(holds -> fixed.put(select, holds));
            }
            while (groupOf.size() < order.size()) {
                groupOf.add(g);
            }
        }
        this.diagram = new SelectorDiagram(order, fixed, MAX_NODES);
    }

    /**
     * The tests, or nothing if there are more than {@code limit}. Selects may be gathered in several ways, which make more or fewer
     * tests, and tests that cost more or less.
     */
    public static Optional<ImmutableList<KeyCondition>> of(
            Selector selector, GroupSelects groups, int limit, ToLongFunction<ImmutableList<KeyCondition>> cost) {
        ImmutableList<Selector.Select> selects = SelectorDiagram.selects(selector);
        ImmutableList<Comparisons> bySop =
                groups.group(selects, Grouping.BY_SOP).orElseThrow();
        Optional<ImmutableList<KeyCondition>> best = expanded(selector, bySop, limit);
        List<Supplier<Optional<ImmutableList<Comparisons>>>> others = List.of(
                () -> Optional.of(bySop.reverse()),
                () -> groups.group(selects, Grouping.WITH_CONSTANTS),
                () -> groups.group(selects, Grouping.BY_VARIABLE));
        for (Supplier<Optional<ImmutableList<Comparisons>>> other : others) {
            if (best.isEmpty() || !isSimple(best.get())) {
                Optional<ImmutableList<KeyCondition>> found =
                        other.get().flatMap(grouped -> expanded(selector, grouped, limit));
                if (found.isPresent()
                        && (best.isEmpty() || cost.applyAsLong(found.get()) < cost.applyAsLong(best.get()))) {
                    best = found;
                }
            }
        }
        return best;
    }

    private static boolean isSimple(List<KeyCondition> tests) {
        return tests.isEmpty() || (tests.size() == 1 && tests.get(0).parts().size() <= 1);
    }

    /** One test that holds where the selector does, though not with one score for all that it selects; nothing if none is found. */
    public static Optional<KeyCondition> weighed(Selector selector, GroupSelects groups) {
        return groups.group(SelectorDiagram.selects(selector), Grouping.BY_VARIABLE)
                .flatMap(grouped -> new SelectorCases(grouped, 1).weigh(selector));
    }

    private Optional<KeyCondition> weigh(Selector selector) {
        int root;
        try {
            root = diagram.of(selector);
        } catch (SelectorDiagram.TooLarge e) {
            return Optional.empty();
        }
        ImmutableIntArray.Builder choices = ImmutableIntArray.builder(groups.size());
        groups.forEach(group -> choices.add(group.reachable().size()));
        return ThresholdFormula.of(choices.build(), choice -> diagram.selects(root, select -> holds(select, choice)))
                .map(formula -> {
                    ImmutableList.Builder<Predicate> parts = ImmutableList.builder();
                    for (int g = 0; g < groups.size(); g++) {
                        parts.add(groups.get(g).weighed(formula.weights().get(g)));
                    }
                    return new KeyCondition(parts.build(), formula.threshold(), "", Condition.everywhere());
                });
    }

    /** Whether a select holds if each group has the chosen one of its reachable truth values. */
    private boolean holds(int select, ImmutableIntArray choice) {
        int g = groupOf.get(select);
        return groups.get(g).reachable().get(choice.get(g)).get(select - firstOf.get(g));
    }

    private static Optional<ImmutableList<KeyCondition>> expanded(
            Selector selector, ImmutableList<Comparisons> groups, int limit) {
        var expansion = new SelectorCases(groups, limit);
        try {
            return expansion.expand(expansion.diagram.of(selector), ImmutableList.of())
                    ? Optional.of(ImmutableList.copyOf(expansion.cases))
                    : Optional.empty();
        } catch (SelectorDiagram.TooLarge e) {
            return Optional.empty();
        }
    }

    private boolean expand(int node, ImmutableList<Predicate> path) {
        if (node <= SelectorDiagram.EVERYTHING) {
            if (node == SelectorDiagram.EVERYTHING) {
                cases.add(KeyCondition.conjunction(path));
            }
            return cases.size() <= limit;
        }
        int g = groupOf.get(diagram.asks(node));
        Map<Integer, List<BitSet>> branches = new LinkedHashMap<>();
        for (BitSet truth : groups.get(g).reachable()) {
            branches.computeIfAbsent(walk(node, g, truth), n -> new ArrayList<>())
                    .add(truth);
        }
        for (Map.Entry<Integer, List<BitSet>> branch : branches.entrySet()) {
            if (branch.getKey() == SelectorDiagram.NOTHING) {
                continue;
            }
            var longer = ImmutableList.<Predicate>builder().addAll(path);
            if (branches.size() > 1) {
                longer.add(groups.get(g).where(branch.getValue()));
            }
            if (!expand(branch.getKey(), longer.build())) {
                return false;
            }
        }
        return true;
    }

    /** The node behind all selects of a group. */
    private int walk(int start, int group, BitSet truth) {
        return diagram.follow(
                start, select -> groupOf.get(select) == group, select -> truth.get(select - firstOf.get(group)));
    }
}
