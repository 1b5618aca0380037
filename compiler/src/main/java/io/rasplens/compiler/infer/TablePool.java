package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.Operator;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps one of equal tables, and remembers which table each operator makes of which others: of 100,000 s-ops computed one from
 * another most are the same few functions of the inputs, and shall cost neither time nor memory.
 */
final class TablePool {
    /** What is remembered at most; programs that never come back to a function must not pay for remembering all. */
    private static final int MAX_REMEMBERED = 1 << 14;

    private static final int MAX_VALUES = 1 << 18;

    /** What a table takes besides, in values. */
    private static final int VALUES_PER_TABLE = 16;

    /** As much text as takes the memory of a number. */
    private static final int CHARACTERS_PER_VALUE = 16;

    private final Map<JointTable, JointTable> tables = new HashMap<>();
    private final Memo<Application, JointTable> applications = new Memo<>(this::make);
    private final Map<Value, Value> distinct = new HashMap<>();
    private long cells;
    private long values;

    /** An operator on tables that are in the pool, so that comparing them is comparing references. */
    private record Application(Operator operator, ImmutableList<JointTable> arguments) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            if (!(other instanceof Application that) || arguments.size() != that.arguments.size()) {
                return false;
            }
            for (int a = 0; a < arguments.size(); a++) {
                if (arguments.get(a) != that.arguments.get(a)) {
                    return false;
                }
            }
            return operator.equals(that.operator);
        }

        @Override
        public int hashCode() {
            int hash = operator.hashCode();
            for (JointTable argument : arguments) {
                hash = 31 * hash + System.identityHashCode(argument);
            }
            return hash;
        }
    }

    /** The table of this content that others share. */
    JointTable share(JointTable table) {
        JointTable known = tables.putIfAbsent(table, table);
        if (known != null) {
            return known;
        }
        if (tables.size() > MAX_REMEMBERED) {
            tables.clear();
            applications.forget();
            tables.put(table, table);
        }
        cells += table.cells().length();
        values += VALUES_PER_TABLE + table.values().size();
        for (Value value : table.values()) {
            values += value instanceof StringValue text ? text.value().length() / CHARACTERS_PER_VALUE : 0;
        }
        return table;
    }

    /** {@link ElementwiseTable#of}, shared. */
    JointTable apply(Operator operator, List<JointTable> arguments) {
        return applications.get(new Application(operator, ImmutableList.copyOf(arguments)));
    }

    private JointTable make(Application application) {
        return share(ElementwiseTable.of(
                application.operator(), application.arguments(), ElementwiseTable.variables(application.arguments())));
    }

    /** The value of this kind and size that others share: large sets of numbers mostly list the same ones. */
    Value share(Value value) {
        if (distinct.size() >= MAX_VALUES) {
            distinct.clear();
        }
        Value known = distinct.putIfAbsent(value, value);
        return known == null ? value : known;
    }

    /** Cells of all different tables so far. */
    long cells() {
        return cells;
    }

    /** Values that they list; a table itself and long strings count as several. */
    long values() {
        return values;
    }
}
