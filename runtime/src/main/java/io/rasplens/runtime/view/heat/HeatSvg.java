package io.rasplens.runtime.view.heat;

import com.google.common.collect.ImmutableList;
import com.google.common.html.HtmlEscapers;
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
    private static final int LEGEND = 46;
    private static final int MAX_ROW_WIDTH = 1200;
    private static final int LONGEST_LABEL = 26;
    /** Width of an average character of an 11 px sans-serif label. */
    private static final double CHARACTER = 6.4;

    private static final double TITLE_CHARACTER = 8.6;

    private final HeatFigure figure;
    private final ColorScale scale;
    private final StringBuilder out = new StringBuilder();

    private HeatSvg(HeatFigure figure) {
        this.figure = figure;
        this.scale = figure.scale();
    }

    /** The whole SVG document. */
    public static String draw(HeatFigure figure) {
        return new HeatSvg(figure).document();
    }

    /** Where a panel goes. */
    private record Placed(HeatPanel panel, double x, double y, double cell, double rowLabels) {}

    private String document() {
        var placed = ImmutableList.<Placed>builder();
        double x = MARGIN;
        double y = HEADER;
        double rowHeight = 0;
        double width = MARGIN * 2.0
                + Math.max(figure.title().length(), figure.subtitle().length()) * TITLE_CHARACTER;
        for (HeatPanel panel : figure.panels()) {
            double cell = cellSize(panel);
            double rowLabels = labelSpace(panel.rows()) + 8;
            double panelWidth = Math.max(
                    rowLabels + cell * panel.columns().size(), panel.title().length() * CHARACTER);
            double panelHeight = PANEL_TITLE + cell * panel.rows().size() + labelSpace(panel.columns()) + 30;
            if (x > MARGIN && x + panelWidth > MAX_ROW_WIDTH) {
                x = MARGIN;
                y += rowHeight;
                rowHeight = 0;
            }
            placed.add(new Placed(panel, x, y, cell, rowLabels));
            x += panelWidth + PANEL_GAP;
            width = Math.max(width, x - PANEL_GAP + MARGIN);
            rowHeight = Math.max(rowHeight, panelHeight);
        }
        double height = y + rowHeight + LEGEND + MARGIN;
        format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\""
                        + " font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"11\" fill=\"#222\">%n",
                width, height, width, height);
        out.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        text(MARGIN, 26, "font-size=\"15\" font-weight=\"bold\"", figure.title());
        text(MARGIN, 44, "fill=\"#666\"", figure.subtitle());
        placed.build().forEach(this::panel);
        legend(MARGIN, y + rowHeight);
        return out.append("</svg>\n").toString();
    }

    private void panel(Placed place) {
        HeatPanel panel = place.panel();
        double left = place.x() + place.rowLabels();
        double top = place.y() + PANEL_TITLE;
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
                cell(panel, row, column, left + cell * column, top + cell * row, cell);
            }
        }
        for (int column = 0; column < panel.columns().size(); column++) {
            double x = left + cell * (column + 0.5) + 4;
            double y = bottom + 8;
            label(
                    x,
                    y,
                    String.format(Locale.ROOT, "text-anchor=\"end\" transform=\"rotate(-90 %.1f %.1f)\"", x, y),
                    panel.columns().get(column));
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
        text(
                left,
                bottom + labelSpace(panel.columns()) + 20,
                "fill=\"#666\"",
                figure.rowAxis() + " \u2193   " + figure.columnAxis() + " \u2192");
    }

    private void cell(HeatPanel panel, int row, int column, double x, double y, double size) {
        double value = panel.at(row, column);
        format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" stroke=\"#e4e4e4\""
                        + " stroke-width=\"0.5\"><title>%s</title></rect>%n",
                x,
                y,
                size,
                size,
                scale.hex(value),
                escape(panel.rows().get(row).text() + ", "
                        + panel.columns().get(column).text() + ": " + value));
    }

    private void legend(double x, double y) {
        int steps = 60;
        double width = 180;
        for (int i = 0; i < steps; i++) {
            double value = scale.low() + (scale.limit() - scale.low()) * (i + 0.5) / steps;
            format(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"12\" fill=\"%s\"/>%n",
                    x + width * i / steps, y, width / steps + 0.3, scale.hex(value));
        }
        format(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"12\" fill=\"none\" stroke=\"#555\"/>%n",
                x, y, width);
        text(x, y + 26, "", Numbers.brief(scale.low()));
        if (scale.diverging()) {
            text(x + width / 2, y + 26, "text-anchor=\"middle\"", "0");
        }
        text(x + width, y + 26, "text-anchor=\"end\"", Numbers.brief(scale.limit()));
        if (hasMasked()) {
            format(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"12\" height=\"12\" fill=\"#%06x\" stroke=\"#555\"/>%n",
                    x + width + 24, y, ColorScale.MASKED);
            text(x + width + 42, y + 10, "", "masked (-inf)");
        }
    }

    private boolean hasMasked() {
        return figure.panels().stream().anyMatch(p -> p.cells().stream().anyMatch(v -> !Double.isFinite(v)));
    }

    /** Big cells for small matrices, but never so small that the labels would overlap. */
    private static double cellSize(HeatPanel panel) {
        int longest = Math.max(panel.columns().size(), panel.rows().size());
        return Math.max(13, Math.min(26, 900.0 / Math.max(1, longest)));
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
        String tooltip = shown.equals(whole) ? "" : "<title>" + escape(whole) + "</title>";
        format("<text x=\"%.1f\" y=\"%.1f\" %s>%s%s</text>%n", x, y, attributes, escape(shown), tooltip);
    }

    private void text(double x, double y, String attributes, String text) {
        format("<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>%n", x, y, attributes, escape(text));
    }

    /** XML has no place for most control characters, not even escaped: they are shown as a box. */
    private static String escape(String text) {
        return HtmlEscapers.htmlEscaper().escape(text.replaceAll("[\\p{Cntrl}\uFFFE\uFFFF]", "\u25a1"));
    }

    private void format(String pattern, Object... arguments) {
        out.append(String.format(Locale.ROOT, pattern.replace("%n", "\n"), arguments));
    }
}
