package io.rasplens.runtime.cli.print;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.runtime.analysis.LabelledTable;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.view.heat.AxisLabel;
import io.rasplens.runtime.view.heat.HeatFigure;
import io.rasplens.runtime.view.heat.HeatPanel;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Labelled tables as text, JSON and heat map.
 *
 * @param labels what to show for the labels of an axis, given its name
 */
public record TableText(LabelledTable table, UnaryOperator<AxisLabels> labels) {

    /** The labels of one axis. */
    public record AxisLabels(String name, ImmutableList<String> labels) {}

    /** Three lines or more: what it is by what, a heading, a line for each row. What is absent is blank. */
    public String text() {
        ImmutableList<String> columns = columns();
        ImmutableList<String> names = rows();
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

    /** What is absent is null. */
    public JsonElement json() {
        var json = new JsonObject();
        json.addProperty("hook", table.title());
        json.addProperty("row_axis", table.rowAxis());
        json.add("rows", JsonOut.list(rows(), JsonPrimitive::new));
        json.addProperty("column_axis", table.columnAxis());
        json.add("columns", JsonOut.list(columns(), JsonPrimitive::new));
        var values = new JsonArray();
        for (int row = 0; row < table.rows().size(); row++) {
            var numbers = new JsonArray();
            for (int column = 0; column < table.columns().size(); column++) {
                double value = table.get(row, column);
                numbers.add(Double.isNaN(value) ? JsonNull.INSTANCE : JsonOut.number(value));
            }
            values.add(numbers);
        }
        json.add("values", values);
        return json;
    }

    public HeatFigure figure() {
        return HeatFigure.of(table.title(), word(table.rowAxis()), word(table.columnAxis()), panel(""));
    }

    private HeatPanel panel(String title) {
        return HeatPanel.of(
                title,
                AxisLabel.plain(rows().toArray(String[]::new)),
                AxisLabel.plain(columns().toArray(String[]::new)),
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

    private ImmutableList<String> rows() {
        return labels.apply(new AxisLabels(table.rowAxis(), table.rows())).labels();
    }

    private ImmutableList<String> columns() {
        return labels.apply(new AxisLabels(table.columnAxis(), table.columns())).labels();
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
