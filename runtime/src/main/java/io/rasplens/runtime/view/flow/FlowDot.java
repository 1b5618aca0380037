package io.rasplens.runtime.view.flow;

import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.SequenceForm;
import java.util.List;
import java.util.Locale;

/** Writes a flow in Graphviz's DOT language: one cluster per layer, s-ops and selectors as HTML-like tables. */
public final class FlowDot {
    /** Of a letter of the node's font, in points and rounded up; a font that is wider than most must not burst the cell. */
    private static final int COLUMN_WIDTH = 8;

    private static final int CELL_PADDING = 12;
    private static final int CELL_HEIGHT = 24;

    private final Flow flow;
    private final StringBuilder out = new StringBuilder();

    private FlowDot(Flow flow) {
        this.flow = flow;
    }

    /** The graph's text, for {@code dot -Tsvg}; the same flow gives the same text. */
    public static String draw(Flow flow) {
        return new FlowDot(flow).run();
    }

    private String run() {
        out.append("digraph flow {\n");
        out.append("  label=").append(quoted(flow.sop())).append("; labelloc=t;\n");
        out.append("  node [shape=plain, fontname=\"monospace\", fontsize=12];\n");
        for (int layer = 0; layer <= flow.layers(); layer++) {
            cluster(layer);
        }
        for (FlowArrow arrow : flow.arrows()) {
            out.append(String.format(
                    Locale.ROOT, "  n%d -> n%d [color=\"%s\"];\n", arrow.from(), arrow.to(), colour(arrow.role())));
        }
        return out.append("}\n").toString();
    }

    private void cluster(int layer) {
        out.append(String.format(
                Locale.ROOT,
                "  subgraph cluster_%d {\n    label=\"%s\"; labeljust=l; color=\"#9aa5b1\";\n",
                layer,
                flow.bandName(layer)));
        for (FlowBox box : flow.boxes()) {
            if (box.layer() == layer) {
                box(box);
            }
        }
        out.append("  }\n");
    }

    private void box(FlowBox box) {
        boolean output = flow.isOutput(box);
        out.append(String.format(
                Locale.ROOT,
                "    n%d [label=<<table border=\"%d\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"3\" bgcolor=\"%s\">",
                box.id(),
                output ? 2 : 1,
                fill(box)));
        out.append(String.format(Locale.ROOT, "<tr><td align=\"left\"><b>%s</b></td></tr>", text(box.title())));
        if (!box.expression().isEmpty()) {
            out.append(String.format(Locale.ROOT, "<tr><td align=\"left\">%s</td></tr>", text(box.expression())));
        }
        out.append("<tr><td align=\"left\">");
        if (box instanceof FlowBox.SequenceBox sequence) {
            int width = cellWidth(sequence.values());
            open(sequence.values().size(), 1, width);
            out.append("<tr>");
            sequence.values().forEach(value -> cell(value, width, " border=\"1\" bgcolor=\"white\""));
            out.append("</tr>");
        } else if (box instanceof FlowBox.GridBox grid) {
            matrix(grid);
        }
        out.append("</table></td></tr></table>>];\n");
    }

    /** Of a fixed size: Graphviz would stretch the cells to the width of the text above them. */
    private void open(int columns, int rows, int width) {
        out.append("<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"4\" align=\"left\""
                + String.format(
                        Locale.ROOT,
                        " fixedsize=\"true\" width=\"%d\" height=\"%d\">",
                        columns * width,
                        rows * CELL_HEIGHT));
    }

    private void matrix(FlowBox.GridBox grid) {
        int width = cellWidth(flow.input());
        open(flow.input().size() + 1, flow.input().size() + 1, width);
        out.append(String.format(Locale.ROOT, "<tr><td width=\"%d\"></td>", width));
        flow.input().forEach(value -> cell(value, width, ""));
        out.append("</tr>");
        for (int query = 0; query < grid.rows().size(); query++) {
            out.append("<tr>");
            cell(flow.input().get(query), width, "");
            List<Boolean> row = grid.rows().get(query);
            for (boolean selected : row) {
                out.append(String.format(
                        Locale.ROOT,
                        "<td width=\"%d\" border=\"1\" bgcolor=\"%s\"></td>",
                        width,
                        selected ? "#7446ab" : "white"));
            }
            out.append("</tr>");
        }
    }

    private void cell(Value value, int width, String attributes) {
        out.append(String.format(Locale.ROOT, "<td width=\"%d\"%s>%s</td>", width, attributes, text(shown(value))));
    }

    private static int cellWidth(List<Value> values) {
        int columns = values.stream()
                .mapToInt(value -> TextColumns.of(shown(value)))
                .max()
                .orElse(1);
        return COLUMN_WIDTH * Math.max(1, columns) + CELL_PADDING;
    }

    private static String shown(Value value) {
        return TextColumns.cut(SequenceForm.element(value), BoxShape.MAX_CELL_COLUMNS);
    }

    /** An empty or blank cell would make Graphviz drop the row's text height. */
    private static String text(String text) {
        return text.isBlank() ? "&#160;" : Xml.escape(text);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String fill(FlowBox box) {
        if (box instanceof FlowBox.SequenceBox sequence) {
            return switch (sequence.kind()) {
                case BASE -> "#e6eef8";
                case HEAD -> "#fdf0dd";
                case ELEMENTWISE -> "#eaf5e6";
            };
        }
        return "#f4effb";
    }

    private static String colour(FlowArrow.ArrowRole role) {
        return switch (role) {
            case ARGUMENT -> "#5b8c46";
            case KEY -> "#2468b0";
            case QUERY -> "#c2372e";
            case SELECTOR -> "#7446ab";
            case VALUE -> "#c9781e";
        };
    }
}
