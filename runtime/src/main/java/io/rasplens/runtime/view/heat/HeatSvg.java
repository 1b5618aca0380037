package io.rasplens.runtime.view.heat;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.view.svg.SvgText;
import java.util.List;
import java.util.Locale;

/**
 * Draws a heat map as a self-contained SVG: rows down, columns across with upright labels under the cells, a legend, and the
 * exact value of each cell as a tooltip.
 */
public final class HeatSvg {
    private static final int MARGIN = 24;
    private static final int HEADER = 58;
    private static final int PANEL_GAP = 28;
    private static final int PANEL_TITLE = 22;
    private static final int LEGEND = 62;
    private static final int MAX_ROW_WIDTH = 1200;
    private static final int LONGEST_LABEL = 26;
    /** Width of an average character of a 12 px sans-serif label. */
    private static final double CHARACTER = 7;

    private static final double TITLE_CHARACTER = 8.6;

    private final HeatFigure figure;
    private final boolean grouped;
    private final StringBuilder out = new StringBuilder();

    private HeatSvg(HeatFigure figure) {
        this.figure = figure;
        this.grouped = figure.scaling() == HeatFigure.Scaling.BY_GROUP;
    }

    /** The whole SVG document. */
    public static String draw(HeatFigure figure) {
        return new HeatSvg(figure).document();
    }

    /** Where a panel goes. */
    private record PlacedPanel(HeatPanel panel, double x, double y, double cell, double rowLabels) {}

    private String document() {
        var placed = ImmutableList.<PlacedPanel>builder();
        double x = MARGIN;
        double y = HEADER;
        double rowHeight = 0;
        double width = MARGIN * 2.0
                + Math.max(
                        note().length() * CHARACTER,
                        Math.max(figure.title().length(), figure.subtitle().length()) * TITLE_CHARACTER);
        for (HeatPanel panel : figure.panels()) {
            double cell = cellSize(panel);
            double rowLabels = labelSpace(panel.rows()) + 8;
            double panelWidth = Math.max(
                    rowLabels + Math.max(cell * panel.columns().size(), axes().length() * CHARACTER),
                    panel.title().length() * CHARACTER);
            double panelHeight = head(panel) + cell * panel.rows().size() + labelSpace(panel.columns()) + 30;
            if (x > MARGIN && x + panelWidth > MAX_ROW_WIDTH) {
                x = MARGIN;
                y += rowHeight;
                rowHeight = 0;
            }
            placed.add(new PlacedPanel(panel, x, y, cell, rowLabels));
            x += panelWidth + PANEL_GAP;
            width = Math.max(width, x - PANEL_GAP + MARGIN);
            rowHeight = Math.max(rowHeight, panelHeight);
        }
        double height = y + rowHeight + LEGEND + MARGIN;
        format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\""
                        + " font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"12\" fill=\"#222\">%n",
                width, height, width, height);
        out.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        text(MARGIN, 26, "font-size=\"15\" font-weight=\"bold\"", figure.title());
        text(MARGIN, 44, "fill=\"#4f5762\"", figure.subtitle());
        placed.build().forEach(this::panel);
        legend(MARGIN, y + rowHeight);
        return out.append("</svg>\n").toString();
    }

    private void panel(PlacedPanel place) {
        HeatPanel panel = place.panel();
        double left = place.x() + place.rowLabels();
        double top = place.y() + head(panel);
        ImmutableList<ColorScale> scales = figure.scales(panel);
        double cell = place.cell();
        double right = left + cell * panel.columns().size();
        double bottom = top + cell * panel.rows().size();
        if (!panel.title().isEmpty()) {
            text(place.x(), place.y() + 12, "font-weight=\"bold\"", panel.title());
        }
        for (int row = 0; row < panel.rows().size(); row++) {
            double middle = top + cell * (row + 0.5) + 4;
            label(left - 6, middle, "text-anchor=\"end\"", panel.rows().get(row));
            for (int column = 0; column < panel.columns().size(); column++) {
                cell(panel, row, column, scales.get(column), left + cell * column, top + cell * row, cell);
            }
        }
        for (int column = 0; column < panel.columns().size(); column++) {
            if (grouped && panel.groupStartsAt(column)) {
                double x = left + cell * (column + 0.5) + 4;
                text(x, top - 6, turned(x, top - 6), extent(scales.get(column)));
            }
            double x = left + cell * (column + 0.5) + 4;
            double y = bottom + 8;
            label(x, y, "text-anchor=\"end\" " + turned(x, y), panel.columns().get(column));
            if (column > 0 && panel.groupStartsAt(column)) {
                double line = left + cell * column;
                format(
                        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#555\"/>%n",
                        line, top - 4, line, bottom + 4);
            }
        }
        format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" stroke=\"#555\"/>%n",
                left, top, right - left, bottom - top);
        text(left, bottom + labelSpace(panel.columns()) + 20, "fill=\"#4f5762\"", axes());
    }

    private String axes() {
        return figure.rowAxis() + " \u2193   " + figure.columnAxis() + " \u2192";
    }

    private static String turned(double x, double y) {
        return String.format(Locale.ROOT, "transform=\"rotate(-90 %.1f %.1f)\"", x, y);
    }

    /** {@code 0 to 9}. */
    private static String extent(ColorScale scale) {
        return NumberText.brief(scale.low()) + " to " + NumberText.brief(scale.limit());
    }

    /** Above a panel's cells: its title, and the extent of each group's scale. */
    private double head(HeatPanel panel) {
        int longest = grouped
                ? figure.scales(panel).stream()
                        .mapToInt(scale -> extent(scale).length())
                        .max()
                        .orElse(0)
                : 0;
        return PANEL_TITLE + longest * CHARACTER;
    }

    private void cell(HeatPanel panel, int row, int column, ColorScale scale, double x, double y, double size) {
        double value = panel.at(row, column);
        format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" stroke=\"#e4e4e4\""
                        + " stroke-width=\"0.5\"><title>%s</title></rect>%n",
                x,
                y,
                size,
                size,
                scale.isBlank(value) ? "#ffffff" : scale.hex(value),
                SvgText.escape(panel.rows().get(row).text() + ", "
                        + panel.columns().get(column).text() + ": " + value));
        if (panel.isAnswer(row, column)) {
            format(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"none\" stroke=\"#a84300\""
                            + " stroke-width=\"3\"/>%n",
                    x + 1.5, y + 1.5, size - 3, size - 3);
        }
    }

    private void legend(double x, double y) {
        int steps = 60;
        double width = 180;
        boolean signed = figure.panels().stream()
                .flatMap(panel -> figure.scales(panel).stream())
                .anyMatch(ColorScale::diverging);
        ColorScale scale = grouped ? new ColorScale(1, signed) : figure.scale();
        for (int i = 0; i < steps; i++) {
            double value = scale.low() + (scale.limit() - scale.low()) * (i + 0.5) / steps;
            format(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"12\" fill=\"%s\"/>%n",
                    x + width * i / steps, y, width / steps + 0.3, scale.hex(value));
        }
        format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"12\" fill=\"none\" stroke=\"#555\"/>%n",
                x, y, width);
        text(x, y + 26, "", grouped ? (signed ? "least" : "0") : NumberText.brief(scale.low()));
        if (scale.diverging()) {
            text(x + width / 2, y + 26, "text-anchor=\"middle\"", "0");
        }
        text(x + width, y + 26, "text-anchor=\"end\"", grouped ? "greatest" : NumberText.brief(scale.limit()));
        double right = x + width + 24;
        if (figure.hasMasked()) {
            right = key(
                    right,
                    y,
                    String.format(Locale.ROOT, "fill=\"#%06x\" stroke=\"#555\"", ColorScale.MASKED),
                    "masked (-inf)");
        }
        if (figure.hasAnswers()) {
            right = key(right, y, "fill=\"none\" stroke=\"#a84300\" stroke-width=\"3\"", "read as the answer");
        }
        text(x, y + 44, "fill=\"#4f5762\"", note());
    }

    private String note() {
        return grouped
                ? "each s-op has its own scale, told above it; less than a hundredth of it is blank"
                : "less than a hundredth of the scale is blank";
    }

    private double key(double x, double y, String attributes, String meaning) {
        format("<rect x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"12\" %s/>%n", x, y, attributes);
        text(x + 18, y + 10, "", meaning);
        return x + 18 + meaning.length() * CHARACTER + 18;
    }

    /** Big cells for small matrices, but never so small that the labels would overlap. */
    private static double cellSize(HeatPanel panel) {
        int longest = Math.max(panel.columns().size(), panel.rows().size());
        return Math.max(16, Math.min(26, 900.0 / Math.max(1, longest)));
    }

    private static double labelSpace(List<AxisLabel> labels) {
        int longest = labels.stream().mapToInt(l -> shortened(l).length()).max().orElse(0);
        return longest * CHARACTER + 8;
    }

    /** At most {@link #LONGEST_LABEL} characters; the value behind the {@code =} is kept, for it tells neighbours apart. */
    private static String shortened(AxisLabel label) {
        String text = label.text();
        if (text.codePointCount(0, text.length()) <= LONGEST_LABEL) {
            return text;
        }
        String tail = label.group().isEmpty() || label.item().isEmpty() ? "" : "=" + label.item();
        int room = LONGEST_LABEL - 1 - tail.codePointCount(0, tail.length());
        return room < 3 ? cut(text, LONGEST_LABEL - 1) + "\u2026" : cut(text, room) + "\u2026" + tail;
    }

    private static String cut(String text, int points) {
        return text.substring(0, text.offsetByCodePoints(0, points));
    }

    private void label(double x, double y, String attributes, AxisLabel label) {
        String whole = label.text();
        String shown = shortened(label);
        String tooltip = shown.equals(whole) ? "" : "<title>" + SvgText.escape(whole) + "</title>";
        format("<text x=\"%.1f\" y=\"%.1f\" %s>%s%s</text>%n", x, y, attributes, SvgText.escape(shown), tooltip);
    }

    private void text(double x, double y, String attributes, String text) {
        format("<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>%n", x, y, attributes, SvgText.escape(text));
    }

    private void format(String pattern, Object... arguments) {
        out.append(String.format(Locale.ROOT, pattern.replace("%n", "\n"), arguments));
    }
}
