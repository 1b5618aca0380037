package io.rasplens.compiler.infer.counts;

import io.rasplens.compiler.interpret.Operators;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.grammar.value.Value;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A selector as a function of the situations of key and query. */
@FunctionalInterface
public interface SituatedSelector {
    /** Whether a key is selected. */
    enum Held {
        NO,
        YES,
        /** The rounding of floats decides. */
        OPEN;

        static Held of(boolean holds) {
            return holds ? YES : NO;
        }

        Held not() {
            return this == OPEN ? OPEN : of(this == NO);
        }
    }

    /** Whether a key in one situation is selected by a query in another of the same input. */
    Held of(int key, int query);

    /**
     * A selector whose keys and queries are known.
     *
     * @param values of each key and each query
     * @param spend is asked before each answer whether there may be one more; else it is open
     */
    static SituatedSelector of(Selector selector, Function<SOp, ValuesBySituation> values, BooleanSupplier spend) {
        if (selector instanceof Selector.Select select) {
            return of(select.comparison(), values.apply(select.key()), values.apply(select.query()), spend);
        }
        if (selector instanceof Selector.And and) {
            SituatedSelector left = of(and.left(), values, spend);
            SituatedSelector right = of(and.right(), values, spend);
            return (key, query) -> {
                Held first = left.of(key, query);
                return first == Held.YES ? right.of(key, query) : first;
            };
        }
        if (selector instanceof Selector.Or or) {
            SituatedSelector left = of(or.left(), values, spend);
            SituatedSelector right = of(or.right(), values, spend);
            return (key, query) -> {
                Held first = left.of(key, query);
                return first == Held.NO ? right.of(key, query) : first;
            };
        }
        SituatedSelector operand = of(((Selector.Not) selector).operand(), values, spend);
        return (key, query) -> operand.of(key, query).not();
    }

    private static SituatedSelector of(
            Comparison comparison, ValuesBySituation keys, ValuesBySituation queries, BooleanSupplier spend) {
        var known = new Held[keys.kinds() * queries.kinds()];
        return (key, query) -> {
            if (!spend.getAsBoolean()) {
                return Held.OPEN;
            }
            int pair = keys.kind(key) * queries.kinds() + queries.kind(query);
            if (known[pair] == null) {
                known[pair] = compared(comparison, keys.ofKind(keys.kind(key)), queries.ofKind(queries.kind(query)));
            }
            return known[pair];
        };
    }

    private static Held compared(Comparison comparison, Iterable<Value> keys, Iterable<Value> queries) {
        Held all = null;
        for (Value key : keys) {
            for (Value query : queries) {
                Held own = Held.of(Operators.holds(comparison, key, query));
                if (all != null && all != own) {
                    return Held.OPEN;
                }
                all = own;
            }
        }
        return all == null ? Held.NO : all;
    }
}
