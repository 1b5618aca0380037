package io.rasplens.compiler.infer;

import io.rasplens.compiler.interpret.Attempt;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proves that an s-op marks one position at most, as {@code mark_last_instance} does.
 *
 * <p>Where a mark implies that some selector selects nothing, and any later marked position would be selected by it, there is no later
 * marked position; and so for earlier ones. Both are looked up for each pair of combinations of variables that are marked.
 */
final class UniqueMarks {
    private static final int MAX_PAIRS = 1 << 16;

    private static final int MAX_DEPTH = 16;

    private final NodeMap<SOp, JointTable> tables;
    private final boolean causal;

    UniqueMarks(NodeMap<SOp, JointTable> tables, boolean causal) {
        this.tables = tables;
        this.causal = causal;
    }

    /** Whether the s-op proves to hold the value at one position at most. */
    boolean isUnique(SOp sop, Value mark) {
        JointTable table = tables.get(sop);
        if (table == null) {
            return false;
        }
        List<Integer> marked = new ArrayList<>();
        for (int cell = 0; cell < table.cells().length(); cell++) {
            if (table.value(cell).filter(mark::raspEquals).isPresent()) {
                marked.add(cell);
            }
        }
        if ((long) marked.size() * marked.size() > MAX_PAIRS) {
            return false;
        }
        for (int v = 0; v < table.variables().size(); v++) {
            int variable = v;
            Optional<Empty> empty = empty(table.variables().get(v))
                    .filter(e -> marked.stream()
                            .allMatch(cell -> table.variables()
                                    .get(variable)
                                    .domain()
                                    .get(table.coordinate(cell, variable))
                                    .raspEquals(e.value())));
            if (empty.isPresent() && excludesOthers(empty.get().selector(), table, marked)) {
                return true;
            }
        }
        return false;
    }

    /** A value of a variable that says that a selector selects nothing. */
    private record Empty(Selector selector, Value value) {}

    private Optional<Empty> empty(Variable variable) {
        if (!(variable instanceof Variable.Computed computed)) {
            return Optional.empty();
        }
        if (computed.sop() instanceof SOp.SelectorWidth width) {
            return Optional.of(new Empty(width.selector(), Value.of(0)));
        }
        if (computed.sop() instanceof SOp.Aggregate aggregate) {
            JointTable read = tables.get(aggregate.sequence());
            // A mean of different values could be the default's.
            if (read != null
                    && read.values().stream().allMatch(read.values().get(0)::raspEquals)
                    && !read.values().get(0).raspEquals(aggregate.fallback())) {
                return Optional.of(new Empty(aggregate.selector(), aggregate.fallback()));
            }
        }
        return Optional.empty();
    }

    /** Whether a marked position selects every later marked one, or every earlier one. Causally nobody sees later ones. */
    private boolean excludesOthers(Selector selector, JointTable table, List<Integer> marked) {
        boolean later = !causal;
        boolean earlier = true;
        for (int query : marked) {
            for (int key : marked) {
                later = later
                        && holds(selector, new Pair(table, query, key, 1), MAX_DEPTH)
                                .orElse(false);
                earlier = earlier
                        && holds(selector, new Pair(table, query, key, -1), MAX_DEPTH)
                                .orElse(false);
            }
        }
        return later || earlier;
    }

    /**
     * Two positions.
     *
     * @param order 1 if the key stands behind the query, -1 if before it
     */
    private record Pair(JointTable table, int query, int key, int order) {}

    /** Whether the query selects the key, if what is known of the two tells. */
    private Optional<Boolean> holds(Selector selector, Pair pair, int depth) {
        if (depth == 0) {
            return Optional.empty();
        }
        if (selector instanceof Selector.Not not) {
            return holds(not.operand(), pair, depth - 1).map(holds -> !holds);
        }
        if (selector instanceof Selector.And and) {
            return both(holds(and.left(), pair, depth - 1), holds(and.right(), pair, depth - 1), false);
        }
        if (selector instanceof Selector.Or or) {
            return both(holds(or.left(), pair, depth - 1), holds(or.right(), pair, depth - 1), true);
        }
        return compare((Selector.Select) selector, pair);
    }

    /** @param enough a value of one of them that settles both */
    private static Optional<Boolean> both(Optional<Boolean> left, Optional<Boolean> right, boolean enough) {
        if (left.equals(Optional.of(enough)) || right.equals(Optional.of(enough))) {
            return Optional.of(enough);
        }
        return left.isPresent() && right.isPresent() ? Optional.of(!enough) : Optional.empty();
    }

    private Optional<Boolean> compare(Selector.Select select, Pair pair) {
        if (select.key() instanceof SOp.Indices && select.query() instanceof SOp.Indices) {
            return Attempt.of(() -> Operators.compare(select.comparison(), Value.of(pair.order()), Value.of(0)));
        }
        Optional<Value> key = value(select.key(), pair.table(), pair.key());
        Optional<Value> query = value(select.query(), pair.table(), pair.query());
        return key.isPresent() && query.isPresent()
                ? Attempt.of(() -> Operators.compare(select.comparison(), key.get(), query.get()))
                : Optional.empty();
    }

    /** An s-op's value in a combination of variables, if all of its own are among them. */
    private Optional<Value> value(SOp sop, JointTable from, int cell) {
        JointTable table = tables.get(sop);
        if (table == null || !from.variables().containsAll(table.variables())) {
            return Optional.empty();
        }
        int own = 0;
        for (Variable variable : table.variables()) {
            own = own * variable.domain().size()
                    + from.coordinate(cell, from.variables().indexOf(variable));
        }
        return table.value(own);
    }
}
