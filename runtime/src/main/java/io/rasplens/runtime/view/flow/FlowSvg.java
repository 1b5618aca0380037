package io.rasplens.runtime.view.flow;

import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.SequenceForm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Draws a flow as one self-contained SVG document: layers from the top to the bottom, s-ops as rows of cells, selectors as grids
 * (row = query, column = key), arrows coloured by what the reader does with what it reads. No scripts, no fonts of its own.
 */
public final class FlowSvg {
    private static final double HEADER = 56;
    private static final double ARROW = 6;

    private static final String STYLE = """
            .rf text{font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2933}
            .rf .head{font-size:16px;font-weight:bold} .rf .title{font-size:14px;font-weight:bold}
            .rf .small{font-size:12px;fill:#52606d} .rf .cell{font-size:13px;text-anchor:middle}
            .rf .label{font-size:12px;text-anchor:middle} .rf .layer{font-size:13px;font-weight:bold;fill:#7b8794}
            .rf .box{stroke-width:1.2} .rf .output{stroke-width:3}
            .rf .base{fill:#e6eef8;stroke:#5f7ba3} .rf .elementwise{fill:#eaf5e6;stroke:#6b9a57}
            .rf .made{fill:#fdf0dd;stroke:#c9862f} .rf .grid{fill:#f4effb;stroke:#8a6ab5}
            .rf .slot{fill:#fff;stroke:#b8c2cc;stroke-width:.7} .rf .on{fill:#7446ab} .rf .net{stroke:#d5cae6;stroke-width:.6;fill:none}
            .rf .line{fill:none;stroke-width:1.4} .rf .trunk{stroke:#9aa5b1} .rf .argument{stroke:#5b8c46;fill:#5b8c46}
            .rf .key{stroke:#2468b0;fill:#2468b0} .rf .query{stroke:#c2372e;fill:#c2372e}
            .rf .selector{stroke:#7446ab;fill:#7446ab} .rf .value{stroke:#c9781e;fill:#c9781e}
            """;

    private final Flow flow;
    private final FlowDirection direction;
    private final FlowLayout layout;
    private final StringBuilder out = new StringBuilder();

    private FlowSvg(Flow flow, FlowDirection direction) {
        this.flow = flow;
        this.direction = direction;
        this.layout = LayFlowOut.layOut(flow, direction);
    }

    /** The document's text; the same flow gives the same text. */
    public static String draw(Flow flow) {
        return draw(flow, FlowDirection.DOWN);
    }

    /** The same, in a direction. */
    public static String draw(Flow flow, FlowDirection direction) {
        return new FlowSvg(flow, direction).run();
    }

    private String run() {
        String headline = headline();
        double width = Math.max(layout.width(), TextColumns.of(headline) * 9.8 + 2 * LayFlowOut.MARGIN);
        width = Math.max(width, 840);
        double height = layout.height() + HEADER;
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"rf\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\">\n",
                Xml.px(width),
                Xml.px(height),
                Xml.px(width),
                Xml.px(height)));
        out.append("<style>\n").append(STYLE).append("</style>\n");
        rect(0, 0, width, height, "", "fill=\"#fff\"");
        text(LayFlowOut.MARGIN, 24, "head", headline);
        legend();
        out.append("<g transform=\"translate(0,").append(Xml.px(HEADER)).append(")\">\n");
        for (FlowLayout.Band band : layout.bands()) {
            band(band, width, layout.height());
        }
        layout.lines().forEach(this::line);
        layout.boxes().forEach(this::box);
        out.append("</g>\n</svg>\n");
        return out.toString();
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
            out.append(String.format(Locale.ROOT, "<path class=\"line %s\" d=\"M%s 40h22\"/>\n", css(role), Xml.px(x)));
            text(x + 27, 43.5, "small", text);
            x += 27 + TextColumns.of(text) * BoxShape.SMALL_COLUMN + 18;
        }
        if (flow.folded() > 0) {
            text(x, 43.5, "small", "(" + flow.folded() + " named s-ops are folded into the others)");
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

    private static String css(FlowArrow.ArrowRole role) {
        return switch (role) {
            case ARGUMENT -> "argument";
            case KEY -> "key";
            case QUERY -> "query";
            case SELECTOR -> "selector";
            case VALUE -> "value";
        };
    }

    private void band(FlowLayout.Band band, double width, double height) {
        String fill = "fill=\"" + (band.layer() % 2 == 0 ? "#f7f9fb" : "#ffffff") + "\"";
        String name = flow.bandName(band.layer());
        double thickness = band.bottom() - band.top();
        if (direction == FlowDirection.DOWN) {
            rect(0, band.top(), width, thickness, "", fill);
            text(LayFlowOut.MARGIN, band.top() + 30, "layer", name);
        } else {
            rect(band.top(), 0, thickness, height, "", fill);
            text(band.top() + 10, 24, "layer", name);
        }
    }

    private void line(FlowLayout.FlowLine line) {
        boolean down = direction == FlowDirection.DOWN;
        Optional<FlowArrow.ArrowRole> role = line.role();
        String css = role.map(FlowSvg::css).orElse("trunk");
        double end = (down ? line.y2() : line.x2()) - (role.isPresent() ? ARROW : 0);
        double bend = (down ? line.y1() : line.x1()) + line.straight();
        double middle = (bend + end) / 2;
        String path = down
                ? String.format(
                        Locale.ROOT,
                        "M%s %sV%sC%s %s %s %s %s %s",
                        Xml.px(line.x1()),
                        Xml.px(line.y1()),
                        Xml.px(bend),
                        Xml.px(line.x1()),
                        Xml.px(middle),
                        Xml.px(line.x2()),
                        Xml.px(middle),
                        Xml.px(line.x2()),
                        Xml.px(end))
                : String.format(
                        Locale.ROOT,
                        "M%s %sH%sC%s %s %s %s %s %s",
                        Xml.px(line.x1()),
                        Xml.px(line.y1()),
                        Xml.px(bend),
                        Xml.px(middle),
                        Xml.px(line.y1()),
                        Xml.px(middle),
                        Xml.px(line.y2()),
                        Xml.px(end),
                        Xml.px(line.y2()));
        out.append(String.format(
                Locale.ROOT,
                "<path class=\"line %s\" style=\"fill:none\" d=\"%s\"><title>%s</title></path>\n",
                css,
                path,
                Xml.escape(flow.boxes().get(line.from()).title())));
        if (role.isPresent()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<path class=\"%s\" d=\"M%s %s%s\"/>\n",
                    css,
                    Xml.px(line.x2()),
                    Xml.px(line.y2()),
                    down ? "l-4 -" + Xml.px(ARROW) + "h8z" : "l-" + Xml.px(ARROW) + " -4v8z"));
        }
    }

    private void box(FlowLayout.PlacedBox placed) {
        FlowBox box = placed.box();
        BoxShape shape = placed.shape();
        boolean output = flow.isOutput(box);
        out.append("<g>\n");
        rect(
                placed.x(),
                placed.y(),
                shape.width(),
                shape.height(),
                "box " + css(box) + (output ? " output" : ""),
                "rx=\"5\"");
        double left = placed.x() + BoxShape.PADDING;
        double y = placed.y() + BoxShape.PADDING + 10;
        text(left, y, "title", box.title());
        if (!box.expression().isEmpty()) {
            text(left, y + BoxShape.SMALL_HEIGHT, "small", box.expression());
        }
        if (box instanceof FlowBox.SequenceBox sequence) {
            cells(sequence, placed);
        } else if (box instanceof FlowBox.GridBox grid) {
            GridSvg.draw(grid, flow.input(), placed, out);
        }
        out.append("</g>\n");
    }

    private static String css(FlowBox box) {
        if (box instanceof FlowBox.SequenceBox sequence) {
            return switch (sequence.kind()) {
                case BASE -> "base";
                case HEAD -> "made";
                case ELEMENTWISE -> "elementwise";
            };
        }
        return "grid";
    }

    private void cells(FlowBox.SequenceBox sequence, FlowLayout.PlacedBox placed) {
        BoxShape shape = placed.shape();
        List<Value> values = sequence.values();
        double y = placed.y() + shape.height() - BoxShape.PADDING - BoxShape.CELL_HEIGHT;
        for (int i = 0; i < values.size(); i++) {
            double x = placed.x() + BoxShape.PADDING + i * shape.cell();
            String value = SequenceForm.element(values.get(i));
            String shown = TextColumns.cut(value, BoxShape.MAX_CELL_COLUMNS);
            out.append("<g><title>").append(Xml.escape(value)).append("</title>");
            rect(x, y, shape.cell(), BoxShape.CELL_HEIGHT, "slot", "");
            text(x + shape.cell() / 2, y + 15, "cell", shown);
            out.append("</g>\n");
        }
    }

    private void rect(double x, double y, double width, double height, String css, String more) {
        out.append("<rect");
        out.append(css.isEmpty() ? "" : " class=\"" + css + "\"");
        out.append(String.format(
                Locale.ROOT,
                " x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"",
                Xml.px(x),
                Xml.px(y),
                Xml.px(width),
                Xml.px(height)));
        out.append(more.isEmpty() ? "" : " " + more).append("/>\n");
    }

    private void text(double x, double y, String css, String text) {
        out.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%s\" y=\"%s\" xml:space=\"preserve\">%s</text>\n",
                css,
                Xml.px(x),
                Xml.px(y),
                Xml.escape(text)));
    }
}
