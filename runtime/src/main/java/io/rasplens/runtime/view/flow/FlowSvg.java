package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.view.SequenceForm;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws a flow as one self-contained SVG document: layers from the top to the bottom, s-ops as rows of cells, selectors as grids
 * (row = query, column = key), arrows coloured by what the reader does with what it reads. No scripts, no fonts of its own.
 */
public final class FlowSvg {
    /** Above the flow: what it is of, and what the colours mean. */
    static final double HEADER = 56;

    private static final double LEAST_WIDTH = 840;

    private static final String STYLE = """
            .rf text{font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2933}
            .rf .head{font-size:16px;font-weight:bold} .rf .title{font-size:14px;font-weight:bold}
            .rf .small{font-size:12px;fill:#52606d} .rf .cell{font-size:13px;text-anchor:middle}
            .rf .label{font-size:12px;text-anchor:middle} .rf .layer{font-size:13px;font-weight:bold;fill:#7b8794}
            .rf .box{stroke-width:1.2} .rf .output{stroke-width:3} .rf .carried{stroke-dasharray:5 4}
            .rf .base{fill:#e6eef8;stroke:#5f7ba3} .rf .elementwise{fill:#eaf5e6;stroke:#6b9a57}
            .rf .made{fill:#fdf0dd;stroke:#c9862f} .rf .grid{fill:#f4effb;stroke:#8a6ab5}
            .rf .slot{fill:#fff;stroke:#b8c2cc;stroke-width:.7} .rf .on{fill:#7446ab} .rf .net{stroke:#d5cae6;stroke-width:.6;fill:none}
            .rf .line{fill:none;stroke-width:1.4} .rf .trunk{stroke:#9aa5b1} .rf .argument{stroke:#5b8c46;fill:#5b8c46}
            .rf .key{stroke:#2468b0;fill:#2468b0} .rf .query{stroke:#c2372e;fill:#c2372e}
            .rf .selector{stroke:#7446ab;fill:#7446ab} .rf .value{stroke:#c9781e;fill:#c9781e}
            """;

    private final Flow flow;
    private final FlowDirection direction;
    private final ImmutableList<FlowRow> rows;
    private final StringBuilder out = new StringBuilder();
    private final FlowMarks marks = new FlowMarks(out);

    private FlowSvg(Flow flow, FlowDirection direction) {
        this.flow = flow;
        this.direction = direction;
        this.rows = direction == FlowDirection.RIGHT
                ? FoldFlow.rows(flow)
                : ImmutableList.of(FlowRow.of(FlowPart.whole(flow), direction));
    }

    /** The document's text; the same flow gives the same text. */
    public static String draw(Flow flow) {
        return draw(flow, FlowDirection.DOWN);
    }

    /** The same, in a direction; what goes to the right is cut into rows where it would be too long for a slide. */
    public static String draw(Flow flow, FlowDirection direction) {
        return new FlowSvg(flow, direction).run();
    }

    private String run() {
        String headline = headline();
        double widest =
                rows.stream().mapToDouble(row -> row.layout().width()).max().orElse(0);
        double width = Math.max(widest, TextColumns.of(headline) * 9.8 + 2 * LayFlowOut.MARGIN);
        width = Math.max(width, LEAST_WIDTH);
        double height = rows.stream().mapToDouble(row -> row.layout().height()).sum() + HEADER;
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"rf\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\">\n",
                Xml.px(width),
                Xml.px(height),
                Xml.px(width),
                Xml.px(height)));
        out.append("<style>\n").append(STYLE).append("</style>\n");
        marks.rect(0, 0, width, height, "", "fill=\"#fff\"");
        marks.text(LayFlowOut.MARGIN, 24, "head", headline);
        legend();
        double top = HEADER;
        for (FlowRow row : rows) {
            out.append("<g transform=\"translate(0,").append(Xml.px(top)).append(")\">\n");
            new FlowRowSvg(row, direction, out).draw(width);
            out.append("</g>\n");
            top += row.layout().height();
        }
        return out.append("</svg>\n").toString();
    }

    private String headline() {
        boolean letters =
                flow.input().stream().map(SequenceForm::element).allMatch(token -> TextColumns.of(token) == 1);
        String tokens =
                flow.input().stream().map(SequenceForm::element).collect(Collectors.joining(letters ? " " : ", "));
        String input = letters ? tokens : "[" + tokens + "]";
        return flow.sop() + "   on   " + TextColumns.cut(input, 60) + "   (" + flow.extent() + ")";
    }

    private void legend() {
        double x = LayFlowOut.MARGIN;
        for (FlowArrow.ArrowRole role : FlowArrow.ArrowRole.values()) {
            String text = meaning(role);
            out.append(String.format(
                    Locale.ROOT, "<path class=\"line %s\" d=\"M%s 40h22\"/>\n", FlowRowSvg.css(role), Xml.px(x)));
            marks.text(x + 27, 43.5, "small", text);
            x += 27 + TextColumns.of(text) * BoxShape.SMALL_COLUMN + 18;
        }
        if (flow.folded() > 0) {
            marks.text(x, 43.5, "small", "(" + flow.folded() + " named s-ops are folded into the others)");
        }
    }

    private static String meaning(FlowArrow.ArrowRole role) {
        return switch (role) {
            case ARGUMENT -> "argument";
            case KEY -> "key (columns)";
            case QUERY -> "query (rows)";
            case SELECTOR -> "selector";
            case VALUE -> "values to average";
        };
    }
}
