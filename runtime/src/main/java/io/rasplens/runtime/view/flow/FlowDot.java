package io.rasplens.runtime.view.flow;

import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.SequenceForm;
import java.util.List;

/** Writes a flow in Graphviz's DOT language: one cluster per layer, s-ops and selectors as HTML-like tables. */
public final class FlowDot {
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
        out.append("  node [shape=plain, fontname=\"monospace\", fontsize=11];\n");
        for (int layer = 0; layer <= flow.layers(); layer++) {
            cluster(layer);
        }
        for (FlowArrow arrow : flow.arrows()) {
            out.append("  n%d -> n%d [color=\"%s\"];\n".formatted(arrow.from(), arrow.to(), colour(arrow.role())));
        }
        return out.append("}\n").toString();
    }

    private void cluster(int layer) {
        out.append("  subgraph cluster_%d {\n    label=\"%s\"; labeljust=l; color=\"#9aa5b1\";\n"
                .formatted(layer, layer == 0 ? "input" : "layer " + layer));
        for (FlowBox box : flow.boxes()) {
            if (box.layer() == layer) {
                box(box);
            }
        }
        out.append("  }\n");
    }

    private void box(FlowBox box) {
        boolean output = box.id() == flow.boxes().size() - 1;
        out.append(
                "    n%d [label=<<table border=\"%d\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"3\" bgcolor=\"%s\">"
                        .formatted(box.id(), output ? 2 : 1, fill(box)));
        out.append("<tr><td align=\"left\"><b>%s</b></td></tr>".formatted(text(box.title())));
        if (!box.expression().isEmpty()) {
            out.append("<tr><td align=\"left\">%s</td></tr>".formatted(text(box.expression())));
        }
        out.append("<tr><td align=\"left\"><table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"4\">");
        if (box instanceof FlowBox.Sequence sequence) {
            out.append("<tr>");
            sequence.values().forEach(value -> cell(value, " border=\"1\" bgcolor=\"white\""));
            out.append("</tr>");
        } else if (box instanceof FlowBox.Grid grid) {
            matrix(grid);
        }
        out.append("</table></td></tr></table>>];\n");
    }

    private void matrix(FlowBox.Grid grid) {
        out.append("<tr><td></td>");
        flow.input().forEach(value -> cell(value, ""));
        out.append("</tr>");
        for (int query = 0; query < grid.rows().size(); query++) {
            out.append("<tr>");
            cell(flow.input().get(query), "");
            List<Boolean> row = grid.rows().get(query);
            for (boolean selected : row) {
                out.append("<td border=\"1\" bgcolor=\"%s\"></td>".formatted(selected ? "#7446ab" : "white"));
            }
            out.append("</tr>");
        }
    }

    private void cell(Value value, String attributes) {
        String shown = TextColumns.cut(SequenceForm.element(value), BoxShape.MAX_CELL_COLUMNS);
        out.append("<td").append(attributes).append('>').append(text(shown)).append("</td>");
    }

    /** An empty or blank cell would make Graphviz drop the row's text height. */
    private static String text(String text) {
        return text.isBlank() ? "&#160;" : Xml.escape(text);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String fill(FlowBox box) {
        if (box instanceof FlowBox.Sequence sequence) {
            return switch (sequence.kind()) {
                case BASE -> "#e6eef8";
                case HEAD -> "#fdf0dd";
                case ELEMENTWISE -> "#eaf5e6";
            };
        }
        return "#f4effb";
    }

    private static String colour(FlowArrow.Role role) {
        return switch (role) {
            case ARGUMENT -> "#5b8c46";
            case KEY -> "#2468b0";
            case QUERY -> "#c2372e";
            case SELECTOR -> "#7446ab";
            case VALUE -> "#c9781e";
        };
    }
}
