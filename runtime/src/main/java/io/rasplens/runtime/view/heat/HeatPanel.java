package io.rasplens.runtime.view.heat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.function.IntUnaryOperator;

/**
 * One matrix with a label on each row and column.
 *
 * @param title what tells it from the figure's other panels; empty if it is the only one
 * @param cells {@code [rows, columns]}, row by row
 * @param answers the cells that the answers are read from, numbered row by row
 */
public record HeatPanel(
        String title,
        ImmutableList<AxisLabel> rows,
        ImmutableList<AxisLabel> columns,
        ImmutableDoubleArray cells,
        ImmutableSet<Integer> answers) {
    public HeatPanel {
        if (cells.length() != rows.size() * columns.size()) {
            throw new IllegalArgumentException(
                    cells.length() + " cells for " + rows.size() + " rows and " + columns.size() + " columns");
        }
    }

    /** The value of a cell. */
    public interface HeatCell {
        double at(int row, int column);
    }

    public static HeatPanel of(
            String title, ImmutableList<AxisLabel> rows, ImmutableList<AxisLabel> columns, HeatCell values) {
        var cells = ImmutableDoubleArray.builder(rows.size() * columns.size());
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                cells.add(values.at(row, column));
            }
        }
        return new HeatPanel(title, rows, columns, cells.build(), ImmutableSet.of());
    }

    /** With the column in each row that the answer is read from; -1 where there is none. */
    public HeatPanel answers(IntUnaryOperator column) {
        var marked = ImmutableSet.<Integer>builder();
        for (int row = 0; row < rows.size(); row++) {
            int answer = column.applyAsInt(row);
            if (answer >= 0) {
                marked.add(row * columns.size() + answer);
            }
        }
        return new HeatPanel(title, rows, columns, cells, marked.build());
    }

    public double at(int row, int column) {
        return cells.get(row * columns.size() + column);
    }

    boolean isAnswer(int row, int column) {
        return answers.contains(row * columns.size() + column);
    }

    /** Whether a new group begins at a column: a place for a dividing line. */
    boolean groupStartsAt(int column) {
        return column == 0
                || !columns.get(column).group().equals(columns.get(column - 1).group());
    }
}
