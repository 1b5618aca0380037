package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;

/**
 * Numbers with a name for each row and column.
 *
 * @param rowAxis what the rows are: {@code layer}
 * @param columnAxis what the columns are: {@code pos}, {@code head}
 * @param values row by row
 */
public record LabelledTable(
        String title,
        String rowAxis,
        ImmutableList<String> rows,
        String columnAxis,
        ImmutableList<String> columns,
        ImmutableDoubleArray values) {
    public LabelledTable {
        if (values.length() != rows.size() * columns.size()) {
            throw new IllegalArgumentException(
                    values.length() + " values for " + rows.size() + " rows and " + columns.size() + " columns");
        }
    }

    public double get(int row, int column) {
        return values.get(row * columns.size() + column);
    }
}
