package io.rasplens.compiler.interpret;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.program.Selector;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongBinaryOperator;

/** The value of one node, given the values of its operands. */
final class NodeEvaluator {
    /** Values of nodes computed before, not to be changed. */
    interface ComputedValues {
        Value[] values(SOp node);

        SelectorMatrix matrix(Selector node);
    }

    private final ImmutableList<Value> input;
    private final int size;
    private final long[][] mask;
    private final ComputedValues operands;

    NodeEvaluator(ImmutableList<Value> input, boolean causal, ComputedValues operands) {
        this.input = input;
        this.size = input.size();
        this.operands = operands;
        this.mask = causal ? causalMask(size) : fullMask(size);
    }

    /** @throws EvaluationException with node, and position where there is one */
    Value[] evaluate(SOp node, Overrides overrides) throws EvaluationException {
        try {
            Value[] values = overrides.applyTo(node, compute(node));
            OptionalInt stranger = SequenceKind.firstStranger(Arrays.asList(values));
            if (stranger.isPresent()) {
                throw mixed(Arrays.asList(values), stranger.getAsInt());
            }
            return values;
        } catch (EvaluationException e) {
            throw e.in(node);
        }
    }

    SelectorMatrix evaluate(Selector node) throws EvaluationException {
        try {
            return compute(node);
        } catch (EvaluationException e) {
            throw e.in(node);
        }
    }

    private Value[] compute(SOp node) throws EvaluationException {
        if (node instanceof SOp.Elementwise elementwise) {
            return elementwise(elementwise);
        }
        if (node instanceof SOp.Aggregate aggregate) {
            return Means.aggregate(
                    operands.matrix(aggregate.selector()),
                    Arrays.asList(operands.values(aggregate.sequence())),
                    aggregate.fallback());
        }
        if (node instanceof SOp.SelectorWidth width) {
            SelectorMatrix matrix = operands.matrix(width.selector());
            return fill(position -> Value.of(matrix.width(position)));
        }
        if (node instanceof SOp.Constant constant) {
            var values = new Value[size];
            Arrays.fill(values, constant.value());
            return values;
        }
        if (node instanceof SOp.Indices) {
            return fill(position -> Value.of(position));
        }
        SOp.Tokens tokens = (SOp.Tokens) node;
        return fill(position -> Operators.convert(tokens.conversion(), input.get(position)));
    }

    private Value[] elementwise(SOp.Elementwise node) throws EvaluationException {
        if (node.operator() instanceof Operator.Binary binary) {
            Value[] left = operands.values(node.arguments().get(0));
            Value[] right = operands.values(node.arguments().get(1));
            return fill(position -> Operators.binary(binary.kind(), left[position], right[position]));
        }
        List<Value[]> columns = ImmutableList.copyOf(Lists.transform(node.arguments(), operands::values));
        var arguments = new Value[columns.size()];
        List<Value> view = Arrays.asList(arguments);
        return fill(position -> {
            for (int k = 0; k < arguments.length; k++) {
                arguments[k] = columns.get(k)[position];
            }
            return Operators.apply(node.operator(), view);
        });
    }

    private SelectorMatrix compute(Selector node) throws EvaluationException {
        if (node instanceof Selector.Select select) {
            return select(operands.values(select.key()), operands.values(select.query()), select.comparison());
        }
        if (node instanceof Selector.And and) {
            return combine(operands.matrix(and.left()), operands.matrix(and.right()), (a, b) -> a & b);
        }
        if (node instanceof Selector.Or or) {
            return combine(operands.matrix(or.left()), operands.matrix(or.right()), (a, b) -> a | b);
        }
        SelectorMatrix operand = operands.matrix(((Selector.Not) node).operand());
        return combine(operand, operand, (a, b) -> ~a);
    }

    /** Queries of one value share their row, so that a select over few values costs little more than its size. */
    private SelectorMatrix select(Value[] keys, Value[] queries, Comparison comparison) throws EvaluationException {
        if (comparison == Comparison.EQUAL && areEqualAsRecords(keys) && areEqualAsRecords(queries)) {
            return selectSame(keys, queries);
        }
        Map<Value, long[]> rowOf = new HashMap<>();
        var rows = new long[size][];
        for (int query = 0; query < size; query++) {
            Value value = queries[query];
            long[] row = rowOf.get(value);
            if (row == null) {
                row = selectRow(keys, value, comparison, query);
                rowOf.put(value, row);
            }
            rows[query] = row;
        }
        return masked(rows);
    }

    /** Whether two such values are equal to RASP just if they are to Java: a float may be an int, and a bool is one. */
    private static boolean areEqualAsRecords(Value[] values) {
        for (Value value : values) {
            if (!(value instanceof IntValue || value instanceof StringValue)) {
                return false;
            }
        }
        return true;
    }

    private SelectorMatrix selectSame(Value[] keys, Value[] queries) {
        Map<Value, long[]> rowOf = new HashMap<>();
        for (int key = 0; key < size; key++) {
            rowOf.computeIfAbsent(keys[key], value -> new long[words(size)])[key >>> 6] |= 1L << key;
        }
        var none = new long[words(size)];
        var rows = new long[size][];
        Arrays.setAll(rows, query -> rowOf.getOrDefault(queries[query], none));
        return masked(rows);
    }

    private long[] selectRow(Value[] keys, Value query, Comparison comparison, int position)
            throws EvaluationException {
        Interrupted.check();
        var row = new long[words(size)];
        try {
            for (int key = 0; key < size; key++) {
                if (Operators.compare(comparison, keys[key], query)) {
                    row[key >>> 6] |= 1L << key;
                }
            }
        } catch (EvaluationException e) {
            throw e.at(position);
        }
        return row;
    }

    private SelectorMatrix combine(SelectorMatrix left, SelectorMatrix right, LongBinaryOperator operator) {
        var rows = new long[size][words(size)];
        for (int query = 0; query < size; query++) {
            for (int w = 0; w < rows[query].length; w++) {
                rows[query][w] = operator.applyAsLong(left.row(query)[w], right.row(query)[w]);
            }
        }
        return masked(rows);
    }

    /** Clears what no query may see: keys beyond the input, and in causal mode keys after the query. Rows may be shared. */
    private SelectorMatrix masked(long[][] rows) {
        for (int query = 0; query < size; query++) {
            long[] row = rows[query];
            for (int w = 0; w < row.length; w++) {
                if ((row[w] & ~mask[query][w]) != 0) {
                    rows[query] = intersect(row, mask[query]);
                    break;
                }
            }
        }
        return new SelectorMatrix(size, rows);
    }

    private static long[] intersect(long[] row, long[] mask) {
        long[] result = row.clone();
        Arrays.setAll(result, w -> row[w] & mask[w]);
        return result;
    }

    private static long[][] fullMask(int size) {
        var row = new long[words(size)];
        for (int key = 0; key < size; key++) {
            row[key >>> 6] |= 1L << key;
        }
        var rows = new long[size][];
        Arrays.fill(rows, row);
        return rows;
    }

    private static long[][] causalMask(int size) {
        var rows = new long[size][words(size)];
        for (int query = 0; query < size; query++) {
            for (int key = 0; key <= query; key++) {
                rows[query][key >>> 6] |= 1L << key;
            }
        }
        return rows;
    }

    private static int words(int bits) {
        return (bits + 63) >>> 6;
    }

    /** A function from position to value that may fail. */
    private interface ValueAt {
        Value at(int position) throws EvaluationException;
    }

    private Value[] fill(ValueAt entry) throws EvaluationException {
        var values = new Value[size];
        int position = 0;
        try {
            for (; position < size; position++) {
                values[position] = entry.at(position);
            }
        } catch (EvaluationException e) {
            throw e.at(position);
        }
        return values;
    }

    private static EvaluationException mixed(List<Value> values, int stranger) {
        return new EvaluationException(
                        EvaluationCode.MIXED_SEQUENCE,
                        "a sequence can't hold both " + Shown.withKind(values.get(0)) + " and "
                                + Shown.withKind(values.get(stranger)))
                .at(stranger)
                .note("the values are " + Shown.sequence(values));
    }

    static long cost(ProgramNode node, int size) {
        return node instanceof SOp.Aggregate || node instanceof Selector ? (long) size * size : size;
    }
}
