package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.NodeMap;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a query selects the key at its own position, where key and query see the same input: {@code select(a, a, <)} never does,
 * so it selects no more than n - 1 keys.
 */
final class OwnPosition {
    /** Combinations of values looked through for a select of two different s-ops. */
    private static final int MAX_COMBINATIONS = 1 << 12;

    private final NodeMap<SOp, JointTable> tables;
    private final Map<Selector, Selected> known = new HashMap<>();

    OwnPosition(NodeMap<SOp, JointTable> tables) {
        this.tables = tables;
    }

    /** What a query does with its own position. */
    enum Selected {
        ALWAYS,
        NEVER,
        UNKNOWN;

        private static Selected of(boolean selected) {
            return selected ? ALWAYS : NEVER;
        }

        private Selected not() {
            return this == UNKNOWN ? UNKNOWN : of(this == NEVER);
        }

        private Selected and(Selected other) {
            return this == NEVER || other == NEVER ? NEVER : this == ALWAYS ? other : UNKNOWN;
        }
    }

    /** Called for each selector after everything below it. */
    Selected learn(Selector selector) {
        return known.computeIfAbsent(selector, this::find);
    }

    private Selected find(Selector selector) {
        if (selector instanceof Selector.Select select) {
            return ofSelect(select);
        }
        if (selector instanceof Selector.And and) {
            return below(and.left()).and(below(and.right()));
        }
        if (selector instanceof Selector.Or or) {
            return below(or.left()).not().and(below(or.right()).not()).not();
        }
        return below(((Selector.Not) selector).operand()).not();
    }

    private Selected below(Selector selector) {
        return known.getOrDefault(selector, Selected.UNKNOWN);
    }

    private Selected ofSelect(Selector.Select select) {
        Comparison comparison = select.comparison();
        if (select.key() == select.query()) {
            return Selected.of(comparison == Comparison.EQUAL
                    || comparison == Comparison.LESS_EQUAL
                    || comparison == Comparison.GREATER_EQUAL);
        }
        JointTable keys = tables.get(select.key());
        JointTable queries = tables.get(select.query());
        return keys == null || queries == null ? Selected.UNKNOWN : compared(comparison, keys, queries);
    }

    private static Selected compared(Comparison comparison, JointTable keys, JointTable queries) {
        ImmutableList<Variable> variables = ElementwiseTable.variables(List.of(keys, queries));
        if (JointTable.combinations(variables) > MAX_COMBINATIONS) {
            return Selected.UNKNOWN;
        }
        int[] keyCells = keys.cellsSeenFrom(variables);
        int[] queryCells = queries.cellsSeenFrom(variables);
        boolean holds = false;
        boolean fails = false;
        for (int i = 0; i < keyCells.length && !(holds && fails); i++) {
            int k = keys.cells().get(keyCells[i]);
            int q = queries.cells().get(queryCells[i]);
            if (k >= 0 && q >= 0) {
                boolean selected = Operators.holds(
                        comparison, keys.values().get(k), queries.values().get(q));
                holds |= selected;
                fails |= !selected;
            }
        }
        return holds == fails ? Selected.UNKNOWN : Selected.of(holds);
    }
}
