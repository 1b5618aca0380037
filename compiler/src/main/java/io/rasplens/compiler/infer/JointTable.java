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
        return coordinates(variables, variable);
    }

    /** The same of every combination of variables. */
    static int[] coordinates(List<Variable> variables, int variable) {
        int stride = 1;
        for (int v = variables.size() - 1; v > variable; v--) {
            stride *= variables.get(v).domain().size();
        }
        int size = variables.get(variable).domain().size();
        int[] coordinates = new int[combinations(variables)];
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
        int[] sizes = new int[wider.size()];
        for (int v = 0; v < sizes.length; v++) {
            sizes[v] = wider.get(v).domain().size();
        }
        int[] seen = new int[combinations(wider)];
        int[] coordinates = new int[sizes.length];
        int cell = 0;
        for (int i = 0; i < seen.length; i++) {
            seen[i] = cell;
            for (int v = sizes.length - 1; v >= 0; v--) {
                coordinates[v]++;
                cell += strides[v];
                if (coordinates[v] < sizes[v]) {
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

    /** A table from one value per cell; nothing where a combination has none. */
    static JointTable of(ImmutableList<Variable> variables, List<Optional<Value>> cellsWithSigns) {
        var numbering = new Numbering();
        int[] cells = new int[cellsWithSigns.size()];
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = cellsWithSigns
                    .get(cell)
                    .map(value -> numbering.of(SignedZero.drop(value)))
                    .orElse(-1);
        }
        return numbered(variables, numbering, cells);
    }

    /** Numbers values as they are met. */
    static final class Numbering {
        private final Map<Value, Integer> numbers = new HashMap<>();
        private final List<Value> distinct = new ArrayList<>();

        int of(Value value) {
            Integer number = numbers.putIfAbsent(value, distinct.size());
            if (number != null) {
                return number;
            }
            distinct.add(value);
            return distinct.size() - 1;
        }
    }

    /**
     * A table from values that were numbered in any order.
     *
     * @param cells per combination the number of its value, or -1; is renumbered
     */
    static JointTable numbered(ImmutableList<Variable> variables, Numbering numbering, int[] cells) {
        List<Value> distinct = numbering.distinct;
        Integer[] order = new Integer[distinct.size()];
        Arrays.setAll(order, number -> number);
        Arrays.sort(order, (one, other) -> Values.ORDER.compare(distinct.get(one), distinct.get(other)));
        int[] place = new int[order.length];
        ImmutableList.Builder<Value> sorted = ImmutableList.builderWithExpectedSize(order.length);
        for (int i = 0; i < order.length; i++) {
            place[order[i]] = i;
            sorted.add(distinct.get(order[i]));
        }
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = cells[cell] < 0 ? -1 : place[cells[cell]];
        }
        return new JointTable(variables, sorted.build(), ImmutableIntArray.copyOf(cells));
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
        ImmutableList<Value> domain = variable.domain();
        for (int place = 1; place < domain.size(); place++) {
            if (Values.ORDER.compare(domain.get(place - 1), domain.get(place)) >= 0) {
                return of(
                        ImmutableList.of(variable),
                        domain.stream().map(Optional::of).toList());
            }
        }
        int[] cells = new int[domain.size()];
        Arrays.setAll(cells, cell -> cell);
        return new JointTable(ImmutableList.of(variable), domain, ImmutableIntArray.copyOf(cells));
    }
}
