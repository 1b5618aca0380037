package io.rasplens.runtime.view.flow;

import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.SequenceForm;
import java.util.List;
import java.util.Locale;

/** The inside of a selector's box: labels above and at the left, and the matrix, one path for all selected cells. */
final class GridSvg {
    private final FlowBox.GridBox grid;
    private final List<Value> input;
    private final BoxShape shape;
    private final double left;
    private final double top;
    private final StringBuilder out;

    private GridSvg(FlowBox.GridBox grid, List<Value> input, FlowLayout.PlacedBox placed, StringBuilder out) {
        this.grid = grid;
        this.input = input;
        this.shape = placed.shape();
        double side = shape.cell() * input.size();
        this.left = placed.x() + BoxShape.PADDING + shape.labelWidth();
        this.top = placed.y() + shape.height() - BoxShape.PADDING - side;
        this.out = out;
    }

    static void draw(FlowBox.GridBox grid, List<Value> input, FlowLayout.PlacedBox placed, StringBuilder out) {
        var drawing = new GridSvg(grid, input, placed, out);
        drawing.columnLabels();
        drawing.rowLabels();
        drawing.cells();
    }

    private void columnLabels() {
        double bottom = top;
        var rows = BoxShape.columnLabels(grid, input);
        for (int row = rows.size() - 1; row >= 0; row--) {
            for (int i = 0; i < input.size(); i++) {
                label(
                        left + (i + 0.5) * shape.cell(),
                        bottom - 3,
                        shape.turned(),
                        "",
                        rows.get(row).get(i));
            }
            bottom -= shape.turned() ? BoxShape.labelSize(rows.get(row)) + 5 : BoxShape.SMALL_HEIGHT - 3;
        }
    }

    private void rowLabels() {
        double right = left;
        var columns = BoxShape.rowLabels(grid, input);
        for (int column = columns.size() - 1; column >= 0; column--) {
            for (int i = 0; i < input.size(); i++) {
                label(
                        right - 4,
                        top + (i + 0.5) * shape.cell() + 3.5,
                        false,
                        " style=\"text-anchor:end\"",
                        columns.get(column).get(i));
            }
            right -= BoxShape.labelSize(columns.get(column)) + 7;
        }
    }

    private void label(double x, double y, boolean turned, String style, Value value) {
        String text = TextColumns.cut(SequenceForm.element(value), BoxShape.MAX_CELL_COLUMNS);
        String place = turned
                ? String.format(
                        Locale.ROOT,
                        " style=\"text-anchor:start\" transform=\"translate(%s,%s)rotate(-90)\"",
                        Xml.px(x + 3.5),
                        Xml.px(y))
                : String.format(Locale.ROOT, " x=\"%s\" y=\"%s\"%s", Xml.px(x), Xml.px(y), style);
        out.append("<text class=\"label\"")
                .append(place)
                .append('>')
                .append(Xml.escape(text))
                .append("</text>\n");
    }

    private void cells() {
        int n = input.size();
        double side = shape.cell() * n;
        out.append(String.format(
                Locale.ROOT,
                "<rect class=\"slot\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n",
                Xml.px(left),
                Xml.px(top),
                Xml.px(side),
                Xml.px(side)));
        var on = new StringBuilder();
        var net = new StringBuilder();
        for (int query = 0; query < n; query++) {
            List<Boolean> row = grid.rows().get(query);
            for (int key = 0; key < n; key++) {
                if (row.get(key)) {
                    on.append(String.format(
                            Locale.ROOT,
                            "M%s %sh%sv%sh-%sz",
                            Xml.px(left + key * shape.cell()),
                            Xml.px(top + query * shape.cell()),
                            Xml.px(shape.cell()),
                            Xml.px(shape.cell()),
                            Xml.px(shape.cell())));
                }
            }
            if (query > 0) {
                net.append(String.format(
                        Locale.ROOT, "M%s %sh%s", Xml.px(left), Xml.px(top + query * shape.cell()), Xml.px(side)));
                net.append(String.format(
                        Locale.ROOT, "M%s %sv%s", Xml.px(left + query * shape.cell()), Xml.px(top), Xml.px(side)));
            }
        }
        if (!on.isEmpty()) {
            out.append("<path class=\"on\" d=\"").append(on).append("\"/>\n");
        }
        if (!net.isEmpty()) {
            out.append("<path class=\"net\" d=\"").append(net).append("\"/>\n");
        }
    }
}
