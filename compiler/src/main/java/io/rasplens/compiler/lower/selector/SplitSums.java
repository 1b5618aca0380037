package io.rasplens.compiler.lower.selector;

import io.rasplens.compiler.infer.SelectorDiagram;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Graph;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a comparison of sums of which one part decides and the other breaks ties as comparisons of the parts: with fewer than eight
 * positions {@code value + indices / 8} is less than another if the value is, or if values are equal and the position is less. One-hots of
 * the parts are as many as values and positions, and not their product; and they stand in the stream before anything is added.
 */
public final class SplitSums {
    private final Facts facts;
    private final Graph graph;
    private final Memo<Selector.Select, Optional<Selector>> splits = new Memo<>(this::split);

    public SplitSums(Facts facts) {
        this.facts = facts;
        this.graph = Graph.over(facts.program().graph());
    }

    /** The selector over parts of what it compares; empty where it compares no such sums. */
    public Optional<Selector> of(Selector selector) {
        boolean some = SelectorDiagram.selects(selector).stream()
                .anyMatch(select -> splits.get(select).isPresent());
        return some ? Optional.of(written(selector, new HashMap<>())) : Optional.empty();
    }

    private Selector written(Selector selector, Map<Selector, Selector> done) {
        Selector known = done.get(selector);
        if (known == null) {
            known = write(selector, done);
            done.put(selector, known);
        }
        return known;
    }

    private Selector write(Selector selector, Map<Selector, Selector> done) {
        if (selector instanceof Selector.Not not) {
            return graph.not(written(not.operand(), done));
        }
        if (selector instanceof Selector.And and) {
            return graph.and(written(and.left(), done), written(and.right(), done));
        }
        if (selector instanceof Selector.Or or) {
            return graph.or(written(or.left(), done), written(or.right(), done));
        }
        return splits.get((Selector.Select) selector)
                .map(split -> written(split, done))
                .orElse(selector);
    }

    private Optional<Selector> split(Selector.Select select) {
        if (facts.isLookup(select.key()) && facts.isLookup(select.query())) {
            return Optional.empty();
        }
        for (SumOfTwo key : sums(select.key())) {
            for (SumOfTwo query : sums(select.query())) {
                Optional<Tiebreak> order = Tiebreak.of(key, query, facts);
                if (order.isPresent()) {
                    return Optional.of(byParts(key, query, order.get(), select.comparison()));
                }
            }
        }
        return Optional.empty();
    }

    /** The ways to see an s-op as a sum of two. */
    private static List<SumOfTwo> sums(SOp sop) {
        var sums = new ArrayList<SumOfTwo>();
        SumOfTwo.of(sop).ifPresent(sum -> {
            sums.add(sum);
            sums.add(sum.mirrored());
        });
        return sums;
    }

    private Selector byParts(SumOfTwo key, SumOfTwo query, Tiebreak order, Comparison comparison) {
        Selector tie = graph.select(key.major(), query.major(), Comparison.EQUAL);
        if (comparison == Comparison.EQUAL) {
            return graph.and(tie, graph.select(key.minor(), query.minor(), comparison));
        }
        if (comparison == Comparison.NOT_EQUAL) {
            return graph.not(byParts(key, query, order, Comparison.EQUAL));
        }
        Selector decided = graph.select(key.major(), query.major(), directed(strict(comparison), order.majorAscends()));
        Selector broken = graph.select(key.minor(), query.minor(), directed(comparison, order.minorAscends()));
        return graph.or(decided, graph.and(tie, broken));
    }

    private static Comparison strict(Comparison comparison) {
        return comparison == Comparison.LESS || comparison == Comparison.LESS_EQUAL
                ? Comparison.LESS
                : Comparison.GREATER;
    }

    private static Comparison directed(Comparison comparison, boolean ascends) {
        return ascends ? comparison : comparison.mirrored();
    }
}
