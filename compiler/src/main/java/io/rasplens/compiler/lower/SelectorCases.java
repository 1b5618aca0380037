package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Selector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a selector as conjunctions of predicates that exclude each other: what is selected is selected by exactly one of them, so
 * sums over the conjunctions are sums over the selector.
 *
 * <p>The selects of a formula are first gathered by what they compare: all selects of one key s-op and one query s-op are read off
 * the same pair of values, so only the truth values that some pair of values has together are followed ({@code k < q} and
 * {@code k == q} never hold at once), and branches that leave the same formula are one predicate.
 */
final class SelectorCases {
    private static final int MAX_NODES = 100_000;

    private final ImmutableList<Comparisons> groups;
    private final SelectorDiagram diagram;
    private final int limit;
    private final List<Integer> groupOf = new ArrayList<>();
    private final List<Integer> firstOf = new ArrayList<>();
    private final List<ImmutableList<Predicate>> cases = new ArrayList<>();

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

    /** The conjunctions, or nothing if there are more than {@code limit}. An empty conjunction selects everything. */
    static Optional<ImmutableList<ImmutableList<Predicate>>> of(Selector selector, Lowerer lowerer, int limit) {
        ImmutableList<Selector.Select> selects = SelectorDiagram.selects(selector);
        ImmutableList<Comparisons> apart = Comparisons.apart(selects, lowerer);
        Optional<ImmutableList<ImmutableList<Predicate>>> best = expanded(selector, apart, limit);
        // Another order may need fewer cases, and so may constants compared along with what else their key or query
        // meets.
        for (int attempt = 0; attempt < 2 && (best.isEmpty() || best.get().size() > 1); attempt++) {
            ImmutableList<Comparisons> groups = attempt == 0 ? apart.reverse() : Comparisons.joined(selects, lowerer);
            int fewer = best.isPresent() ? best.get().size() - 1 : limit;
            Optional<ImmutableList<ImmutableList<Predicate>>> found = expanded(selector, groups, fewer);
            best = found.isPresent() ? found : best;
        }
        return best;
    }

    private static Optional<ImmutableList<ImmutableList<Predicate>>> expanded(
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
                cases.add(path);
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
        int node = start;
        while (node > SelectorDiagram.EVERYTHING && groupOf.get(diagram.asks(node)) == group) {
            node = diagram.where(node, truth.get(diagram.asks(node) - firstOf.get(group)));
        }
        return node;
    }
}
