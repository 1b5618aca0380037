package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A selector as the 0/1 matrix over what a query and what a key can be: {@code [query, key]}, each a place in a list of values or of
 * combinations of values.
 */
final class SelectorTable {
    private final ImmutableList<BitSet> rows;

    private SelectorTable(ImmutableList<BitSet> rows) {
        this.rows = rows;
    }

    /**
     * What the two sides of one select are, by place; nothing where the program fails.
     *
     * @param keys for each value or combination at a key's position
     * @param queries the same of a query's
     */
    record Compared(List<Optional<Value>> keys, List<Optional<Value>> queries) {}

    /** The table of a selector over those of its selects, all of which have as many places. */
    static SelectorTable of(Selector selector, Map<Selector.Select, Compared> selects) {
        return new SelectorTable(ImmutableList.copyOf(new Fill(selects).table(selector)));
    }

    boolean selects(int query, int key) {
        return rows.get(query).get(key);
    }

    /** Fills tables operands first, each once. */
    private static final class Fill implements Selector.SelectorVisitor<BitSet[]> {
        private final Map<Selector.Select, Compared> selects;
        private final int keys;
        private final Memo<Selector, BitSet[]> tables = new Memo<>(selector -> selector.accept(this));

        Fill(Map<Selector.Select, Compared> selects) {
            this.selects = selects;
            this.keys = selects.values().iterator().next().keys().size();
        }

        BitSet[] table(Selector selector) {
            return tables.get(selector);
        }

        @Override
        public BitSet[] select(Selector.Select node) {
            Compared compared = Objects.requireNonNull(selects.get(node));
            BitSet[] rows = new BitSet[compared.queries().size()];
            for (int q = 0; q < rows.length; q++) {
                rows[q] = new BitSet();
                for (int k = 0; k < keys; k++) {
                    rows[q].set(
                            k,
                            Operators.holds(
                                    node.comparison(),
                                    compared.keys().get(k),
                                    compared.queries().get(q)));
                }
            }
            return rows;
        }

        @Override
        public BitSet[] and(Selector.And node) {
            BitSet[] rows = copy(table(node.left()));
            BitSet[] others = table(node.right());
            for (int q = 0; q < rows.length; q++) {
                rows[q].and(others[q]);
            }
            return rows;
        }

        @Override
        public BitSet[] or(Selector.Or node) {
            BitSet[] rows = copy(table(node.left()));
            BitSet[] others = table(node.right());
            for (int q = 0; q < rows.length; q++) {
                rows[q].or(others[q]);
            }
            return rows;
        }

        @Override
        public BitSet[] not(Selector.Not node) {
            BitSet[] rows = copy(table(node.operand()));
            for (BitSet row : rows) {
                row.flip(0, keys);
            }
            return rows;
        }

        private static BitSet[] copy(BitSet[] rows) {
            BitSet[] copy = new BitSet[rows.length];
            for (int q = 0; q < rows.length; q++) {
                copy[q] = (BitSet) rows[q].clone();
            }
            return copy;
        }
    }
}
