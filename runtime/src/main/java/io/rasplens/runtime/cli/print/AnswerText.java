package io.rasplens.runtime.cli.print;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.answer.ValuesText;
import java.util.List;

/** Pieces of the answers for people. */
public final class AnswerText {
    private AnswerText() {}

    /** A sequence as RASP writes a list: {@code [1, 2]}, {@code ['a', 'b']}. */
    public static String values(List<Value> values) {
        return ValuesText.of(values);
    }

    /** Rows of cells in columns, the first column left-aligned and the others right-aligned. */
    public static String table(List<ImmutableList<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        var widths = new int[columns];
        for (ImmutableList<String> row : rows) {
            for (int c = 0; c < row.size(); c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        var out = new StringBuilder();
        for (ImmutableList<String> row : rows) {
            var line = new StringBuilder();
            for (int c = 0; c < row.size(); c++) {
                line.append(c == 0 ? "" : "  ")
                        .append(
                                c == 0
                                        ? Strings.padEnd(row.get(c), widths[c], ' ')
                                        : Strings.padStart(row.get(c), widths[c], ' '));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    /** {@code 1,476}. */
    public static String count(long number) {
        var digits = new StringBuilder(Long.toString(number));
        int first = number < 0 ? 1 : 0;
        for (int at = digits.length() - 3; at > first; at -= 3) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    /** {@code 1 test}, {@code 2 tests}. */
    public static String counted(long number, String thing) {
        return count(number) + " " + thing + (number == 1 ? "" : "s");
    }
}
