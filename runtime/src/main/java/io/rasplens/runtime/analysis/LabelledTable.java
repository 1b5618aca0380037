package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Numbers with a name for each row and column. A cell may be absent: a head that the layer does not have.
 *
 * @param rowAxis what the rows are: {@code layer}
 * @param columnAxis what the columns are: {@code pos}, {@code head}
 * @param values row by row; NaN where there is none
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

    /** What stands in a cell. */
    @FunctionalInterface
    public interface TableCell {
        /** NaN for nothing. */
        double at(int row, int column);
    }

    public static LabelledTable of(
            String title,
            String rowAxis,
            ImmutableList<String> rows,
            String columnAxis,
            ImmutableList<String> columns,
            TableCell cell) {
        ImmutableDoubleArray.Builder values = ImmutableDoubleArray.builder(rows.size() * columns.size());
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                values.add(cell.at(row, column));
            }
        }
        return new LabelledTable(title, rowAxis, rows, columnAxis, columns, values.build());
    }

    /** The names of what is only counted: {@code 0}, {@code 1}, … */
    public static ImmutableList<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(ImmutableList.toImmutableList());
    }

    /** The number, NaN where there is none. */
    public double get(int row, int column) {
        return values.get(row * columns.size() + column);
    }

    public OptionalDouble find(int row, int column) {
        double value = get(row, column);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Comma-separated values, quoted as RFC 4180 has it: a heading, then a line for each row; empty where there is no number. */
    public String csv() {
        Stream<String> heading = Stream.of(Stream.concat(Stream.of(rowAxis + "/" + columnAxis), columns.stream())
                .map(LabelledTable::quoted)
                .collect(Collectors.joining(",")));
        Stream<String> lines = IntStream.range(0, rows.size())
                .mapToObj(row -> Stream.concat(
                                Stream.of(quoted(rows.get(row))),
                                IntStream.range(0, columns.size())
                                        .mapToObj(column -> find(row, column).stream()
                                                .mapToObj(Double::toString)
                                                .findFirst()
                                                .orElse("")))
                        .collect(Collectors.joining(",")));
        return Stream.concat(heading, lines).map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
