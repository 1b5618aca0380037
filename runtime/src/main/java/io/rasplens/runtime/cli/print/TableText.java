package io.rasplens.runtime.cli.print;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.view.heat.AxisLabel;
import io.rasplens.runtime.view.heat.HeatFigure;
import io.rasplens.runtime.view.heat.HeatPanel;
import java.util.List;
import java.util.Locale;

/** Labelled tables as text and heat map. */
public record TableText(LabelledTable table) {

    /** Three lines or more: what it is by what, a heading, a line for each row. What is absent is blank. */
    public String text() {
        ImmutableList<String> columns = table.columns();
        ImmutableList<String> names = table.rows();
        var rows = ImmutableList.<ImmutableList<String>>builder();
        rows.add(ImmutableList.<String>builder()
                .add("  " + table.rowAxis())
                .addAll(columns)
                .build());
        for (int row = 0; row < names.size(); row++) {
            var cells = ImmutableList.<String>builder().add("  " + names.get(row));
            for (int column = 0; column < columns.size(); column++) {
                cells.add(cell(table.get(row, column)));
            }
            rows.add(cells.build());
        }
        return table.title() + " by " + word(table.rowAxis()) + " and " + word(table.columnAxis()) + "\n"
                + AnswerText.table(rows.build());
    }

    public HeatFigure figure() {
        return HeatFigure.of(table.title(), word(table.rowAxis()), word(table.columnAxis()), panel(""));
    }

    private HeatPanel panel(String title) {
        return HeatPanel.of(
                title,
                AxisLabel.plain(table.rows().toArray(String[]::new)),
                AxisLabel.plain(table.columns().toArray(String[]::new)),
                table::get);
    }

    /** Tables of the same axes side by side in one figure. */
    public static HeatFigure figure(String title, List<TableText> tables) {
        TableText first = tables.get(0);
        return new HeatFigure(
                title,
                "",
                word(first.table().rowAxis()),
                word(first.table().columnAxis()),
                tables.stream()
                        .map(table -> table.panel(
                                tables.size() == 1 ? "" : table.table().title()))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static String word(String axis) {
        return axis.equals("pos") ? "position" : axis;
    }

    /** Two digits; nothing so small that it would show as minus zero. */
    private static String cell(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.equals("-0.00") ? "0.00" : text;
    }
}
