package io.rasplens.runtime.view.flow;

import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.SequenceForm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Draws one row of a flow: stripes, lines, boxes. */
final class FlowRowSvg {
    private static final double ARROW = 6;

    private final FlowRow row;
    private final FlowDirection direction;
    private final StringBuilder out;
    private final FlowMarks marks;

    FlowRowSvg(FlowRow row, FlowDirection direction, StringBuilder out) {
        this.row = row;
        this.direction = direction;
        this.out = out;
        this.marks = new FlowMarks(out);
    }

    /** @param width of the whole picture */
    void draw(double width) {
        for (FlowLayout.Band band : row.layout().bands()) {
            band(band, width);
        }
        row.layout().lines().forEach(this::line);
        row.layout().boxes().forEach(this::box);
    }

    static String css(FlowArrow.ArrowRole role) {
        return switch (role) {
            case ARGUMENT -> "argument";
            case KEY -> "key";
            case QUERY -> "query";
            case SELECTOR -> "selector";
            case VALUE -> "value";
        };
    }

    private void band(FlowLayout.Band band, double width) {
        String fill = "fill=\"" + (band.layer() % 2 == 0 ? "#f7f9fb" : "#ffffff") + "\"";
        String name = row.part().bandName(band.layer());
        double thickness = band.bottom() - band.top();
        if (direction == FlowDirection.DOWN) {
            marks.rect(0, band.top(), width, thickness, "", fill);
            marks.text(LayFlowOut.MARGIN, band.top() + 30, "layer", name);
        } else {
            marks.rect(band.top(), 0, thickness, row.layout().height(), "", fill);
            marks.text(band.top() + 10, 24, "layer", name);
        }
    }

    private void line(FlowLayout.FlowLine line) {
        boolean down = direction == FlowDirection.DOWN;
        Optional<FlowArrow.ArrowRole> role = line.role();
        String css = role.map(FlowRowSvg::css).orElse("trunk");
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
                Xml.escape(row.part().flow().boxes().get(line.from()).title())));
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
        boolean output = row.part().flow().isOutput(box);
        out.append("<g>\n");
        marks.rect(
                placed.x(),
                placed.y(),
                shape.width(),
                shape.height(),
                "box " + css(box) + (output ? " output" : "")
                        + (row.part().carried().contains(box.id()) ? " carried" : ""),
                "rx=\"5\"");
        double left = placed.x() + BoxShape.PADDING;
        double y = placed.y() + BoxShape.PADDING + 10;
        marks.text(left, y, "title", box.title());
        for (String line : shape.lines()) {
            y += BoxShape.SMALL_HEIGHT;
            marks.text(left, y, "small", line);
        }
        if (box instanceof FlowBox.SequenceBox sequence) {
            cells(sequence, placed);
        } else if (box instanceof FlowBox.GridBox grid) {
            GridSvg.draw(grid, row.part().flow().input(), placed, out);
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
            marks.rect(x, y, shape.cell(), BoxShape.CELL_HEIGHT, "slot", "");
            marks.text(x + shape.cell() / 2, y + 15, "cell", shown);
            out.append("</g>\n");
        }
    }
}
