package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a selector as conjunctions of selects that exclude each other, by Shannon expansion over its selects: what is
 * selected is selected by exactly one conjunction, so sums over the conjunctions are sums over the selector.
 */
final class SelectorPaths {
    private final int limit;
    private final List<ImmutableList<Literal>> paths = new ArrayList<>();

    private SelectorPaths(int limit) {
        this.limit = limit;
    }

    /** The conjunctions, or nothing if there are more than {@code limit}. An empty conjunction selects everything. */
    static Optional<ImmutableList<ImmutableList<Literal>>> of(Selector selector, int limit) {
        var expansion = new SelectorPaths(limit);
        return expansion.expand(selector, new HashMap<>(), ImmutableList.of())
                ? Optional.of(ImmutableList.copyOf(expansion.paths))
                : Optional.empty();
    }

    private boolean expand(Selector selector, Map<Selector, Boolean> known, ImmutableList<Literal> path) {
        Object reduced = reduce(selector, known);
        if (reduced instanceof Boolean selected) {
            if (selected) {
                paths.add(path);
            }
            return paths.size() <= limit;
        }
        var select = (Selector.Select) reduced;
        for (boolean holds : new boolean[] {true, false}) {
            var more = new HashMap<>(known);
            more.put(select, holds);
            var literal = new Literal(select.key(), select.query(), select.comparison(), holds);
            var longer =
                    ImmutableList.<Literal>builder().addAll(path).add(literal).build();
            if (!expand(selector, more, longer)) {
                return false;
            }
        }
        return true;
    }

    /** The selector's truth under what is known, or the first select that it hangs on. */
    private static Object reduce(Selector selector, Map<Selector, Boolean> known) {
        if (selector instanceof Selector.Select select) {
            Boolean value = known.get(select);
            return value == null ? select : value;
        }
        if (selector instanceof Selector.Not not) {
            Object inner = reduce(not.operand(), known);
            return inner instanceof Boolean b ? !b : inner;
        }
        boolean isAnd = selector instanceof Selector.And;
        Selector left = isAnd ? ((Selector.And) selector).left() : ((Selector.Or) selector).left();
        Selector right = isAnd ? ((Selector.And) selector).right() : ((Selector.Or) selector).right();
        Object a = reduce(left, known);
        if (a instanceof Boolean b && b != isAnd) {
            return b;
        }
        Object c = reduce(right, known);
        if (c instanceof Boolean d && d != isAnd) {
            return d;
        }
        return a instanceof Boolean ? c : a;
    }
}
