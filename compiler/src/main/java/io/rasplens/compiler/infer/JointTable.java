package io.rasplens.compiler.infer;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An s-op as a function of its variables, written out: one cell per combination of their values, the last variable running
 * fastest.
 *
 * @param variables in {@link Variable#rank} order
 * @param values the values that occur, in {@link Values#ORDER}
 * @param cells per combination an index into {@code values}, or -1 where the combination can't be or the s-op fails
 */
public record JointTable(ImmutableList<Variable> variables, ImmutableList<Value> values, ImmutableIntArray cells) {

    /** The number of combinations, or {@link Integer#MAX_VALUE} if there are more. */
    public static int combinations(List<? extends Variable> variables) {
        long product = 1;
        for (Variable variable : variables) {
            product *= variable.domain().size();
            if (product > Integer.MAX_VALUE) {
                return Integer.MAX_VALUE;
            }
        }
        return (int) product;
    }

    /** The value in a cell, if there is one. */
    public Optional<Value> value(int cell) {
        int index = cells.get(cell);
        return index < 0 ? Optional.empty() : Optional.of(values.get(index));
    }

    /** Which value of {@code variables().get(variable)} a cell stands for. */
    public int coordinate(int cell, int variable) {
        int rest = cell;
        for (int v = variables.size() - 1; v > variable; v--) {
            rest /= variables.get(v).domain().size();
        }
        return rest % variables.get(variable).domain().size();
    }

    /** {@link #coordinate} of every cell. */
    public int[] coordinates(int variable) {
        int stride = 1;
        for (int v = variables.size() - 1; v > variable; v--) {
            stride *= variables.get(v).domain().size();
        }
        int size = variables.get(variable).domain().size();
        int[] coordinates = new int[cells.length()];
        int coordinate = 0;
        for (int cell = 0; cell < coordinates.length; cell += stride) {
            Arrays.fill(coordinates, cell, cell + stride, coordinate);
            coordinate = coordinate + 1 == size ? 0 : coordinate + 1;
        }
        return coordinates;
    }

    /** For each cell over {@code wider} (which holds all of this table's variables), this table's cell. */
    public int[] cellsSeenFrom(List<? extends Variable> wider) {
        int[] strides = new int[wider.size()];
        int stride = 1;
        for (int v = variables.size() - 1; v >= 0; v--) {
            strides[wider.indexOf(variables.get(v))] = stride;
            stride *= variables.get(v).domain().size();
        }
        int[] seen = new int[combinations(wider)];
        int[] coordinates = new int[wider.size()];
        int cell = 0;
        for (int i = 0; i < seen.length; i++) {
            seen[i] = cell;
            for (int v = wider.size() - 1; v >= 0; v--) {
                coordinates[v]++;
                cell += strides[v];
                if (coordinates[v] < wider.get(v).domain().size()) {
                    break;
                }
                cell -= strides[v] * coordinates[v];
                coordinates[v] = 0;
            }
        }
        return seen;
    }

    /** The position of {@link Variable.Index} among the variables. */
    OptionalInt indexVariable() {
        for (int v = 0; v < variables.size(); v++) {
            if (variables.get(v) instanceof Variable.Index) {
                return OptionalInt.of(v);
            }
        }
        return OptionalInt.empty();
    }

    /** A table from one value per cell; null marks a combination without a value. */
    static JointTable of(ImmutableList<Variable> variables, List<Optional<Value>> cellsWithSigns) {
        List<Optional<Value>> cellValues =
                cellsWithSigns.stream().map(v -> v.map(SignedZero::drop)).toList();
        Map<Value, Integer> numbers = new HashMap<>();
        var distinct = new ArrayList<Value>();
        for (Optional<Value> value : cellValues) {
            if (value.isPresent() && numbers.putIfAbsent(value.get(), 0) == null) {
                distinct.add(value.get());
            }
        }
        distinct.sort(Values.ORDER);
        for (int i = 0; i < distinct.size(); i++) {
            numbers.put(distinct.get(i), i);
        }
        ImmutableIntArray.Builder cells = ImmutableIntArray.builder(cellValues.size());
        for (Optional<Value> value : cellValues) {
            cells.add(value.map(v -> numbers.getOrDefault(v, -1)).orElse(-1));
        }
        return new JointTable(variables, ImmutableList.copyOf(distinct), cells.build());
    }

    /** The same function over those of its variables on which it depends; a combination without a value agrees with any. */
    JointTable overUsed() {
        JointTable table = this;
        for (int v = variables.size() - 1; v >= 0; v--) {
            table = table.without(v).orElse(table);
        }
        return table;
    }

    /** The function without a variable, if no two of its values lead to different results. */
    private Optional<JointTable> without(int variable) {
        int size = variables.get(variable).domain().size();
        int stride = 1;
        for (int v = variables.size() - 1; v > variable; v--) {
            stride *= variables.get(v).domain().size();
        }
        int[] fewer = new int[cells.length() / size];
        for (int at = 0; at < fewer.length; at++) {
            int first = at / stride * stride * size + at % stride;
            int found = -1;
            for (int k = 0; k < size; k++) {
                int value = cells.get(first + k * stride);
                if (value >= 0 && found >= 0 && value != found) {
                    return Optional.empty();
                }
                found = value >= 0 ? value : found;
            }
            fewer[at] = found;
        }
        ImmutableList.Builder<Variable> others = ImmutableList.builder();
        for (int v = 0; v < variables.size(); v++) {
            if (v != variable) {
                others.add(variables.get(v));
            }
        }
        return Optional.of(new JointTable(others.build(), values, ImmutableIntArray.copyOf(fewer)));
    }

    /** The variable itself. */
    static JointTable identity(Variable variable) {
        return of(
                ImmutableList.of(variable),
                variable.domain().stream().map(Optional::of).toList());
    }
}
