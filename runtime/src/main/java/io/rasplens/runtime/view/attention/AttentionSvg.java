package io.rasplens.runtime.view.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.view.heat.ColorScale;
import io.rasplens.runtime.view.svg.SvgText;
import java.util.Locale;
import java.util.stream.IntStream;

/** Draws attention as a self-contained SVG: queries down, keys across, shares in percent in the cells, BOS in a column apart. */
public final class AttentionSvg {
    private static final int MARGIN = 24;
    private static final int HEADER = 72;
    private static final int PANEL_HEAD = 50;
    private static final int GAP = 36;
    private static final int MAX_ROW_WIDTH = 1200;
    private static final int BOS_GAP = 10;
    private static final int BOS_WIDTH = 52;
    private static final int FEW = 24;
    private static final int LONGEST_WORDS = 110;
    private static final ColorScale SCALE = new ColorScale(1, false);

    private final AttentionFigure figure;
    private final ImmutableList<String> labels;
    private final double cell;
    private final double labelWidth;
    private final boolean turned;
    private final StringBuilder out = new StringBuilder();

    private AttentionSvg(AttentionFigure figure) {
        this.figure = figure;
        this.labels = IntStream.range(0, figure.tokens().size())
                .mapToObj(position ->
                        position + ": " + SvgText.shortened(figure.tokens().get(position), 10))
                .collect(ImmutableList.toImmutableList());
        this.cell = labels.size() <= FEW ? 34 : 17;
        this.labelWidth = labels.stream()
                        .mapToDouble(label -> SvgText.width(label, 13))
                        .max()
                        .orElse(0)
                + 10;
        this.turned = labelWidth - 6 > cell;
    }

    /** The whole SVG document. */
    public static String draw(AttentionFigure figure) {
        return new AttentionSvg(figure).document();
    }

    private String document() {
        double panelWidth = labelWidth + cell * labels.size() + (figure.hasBos() ? BOS_GAP + BOS_WIDTH : 0);
        double longestWords = figure.panels().stream()
                .mapToDouble(panel -> SvgText.width(SvgText.shortened(panel.words(), LONGEST_WORDS), 13))
                .max()
                .orElse(0);
        double pitch = Math.max(panelWidth, longestWords) + GAP;
        double panelHeight = PANEL_HEAD + keyLabels() + cell * labels.size() + GAP;
        int perRow = Math.max(1, (int) ((MAX_ROW_WIDTH + GAP) / pitch));
        int rows = (figure.panels().size() + perRow - 1) / perRow;
        double width = Math.max(
                MARGIN * 2 + pitch * Math.min(perRow, figure.panels().size()) - GAP,
                MARGIN * 2
                        + Math.max(
                                SvgText.width(figure.title(), 17) * 1.1,
                                Math.max(SvgText.width(figure.subtitle(), 13), SvgText.width(figure.legend(), 13))));
        double height = HEADER + panelHeight * rows + MARGIN + 10;
        out.append(SvgText.open(width, height, 13));
        text(MARGIN, 30, "font-size=\"17\" font-weight=\"bold\"", figure.title());
        text(MARGIN, 52, "fill=\"#4f5762\"", figure.subtitle());
        for (int i = 0; i < figure.panels().size(); i++) {
            int row = i / perRow;
            panel(figure.panels().get(i), MARGIN + pitch * (i % perRow), HEADER + panelHeight * row);
        }
        text(MARGIN, height - MARGIN + 6, "fill=\"#4f5762\"", figure.legend());
        return out.append("</svg>\n").toString();
    }

    private double keyLabels() {
        return turned ? labelWidth : 20;
    }

    private void panel(AttentionPanel panel, double x, double y) {
        text(x, y + 14, "font-size=\"15\" font-weight=\"bold\"", panel.title());
        text(x, y + 34, "", SvgText.shortened(panel.words(), LONGEST_WORDS));
        double left = x + labelWidth;
        double top = y + PANEL_HEAD + keyLabels();
        double side = cell * labels.size();
        for (int position = 0; position < labels.size(); position++) {
            text(left - 6, top + cell * (position + 0.5) + 4.5, "text-anchor=\"end\"", labels.get(position));
            double middle = left + cell * (position + 0.5);
            if (turned) {
                double up = middle + 4.5;
                text(
                        up,
                        top - 6,
                        String.format(Locale.ROOT, "transform=\"rotate(-90 %.1f %.1f)\"", up, top - 6),
                        labels.get(position));
            } else {
                text(middle, top - 6, "text-anchor=\"middle\"", labels.get(position));
            }
        }
        rect(left, top, side, side, "fill=\"#fff\" stroke=\"#7a828d\"");
        for (int query = 0; query < labels.size(); query++) {
            for (int key = 0; key < labels.size(); key++) {
                if (panel.isDrawn(query, key)) {
                    cell(left + cell * key, top + cell * query, cell, panel.share(query, key));
                }
            }
        }
        net(left, top, side);
        if (figure.hasBos()) {
            bos(panel, left + side + BOS_GAP, top);
        }
    }

    private void bos(AttentionPanel panel, double x, double top) {
        text(x + BOS_WIDTH / 2.0, top - 6, "text-anchor=\"middle\"", "BOS");
        for (int query = 0; query < labels.size(); query++) {
            double share = panel.pattern().bos().get(query);
            double y = top + cell * query;
            rect(x, y, BOS_WIDTH, cell, "fill=\"#f4f5f7\" stroke=\"#d5d9df\"");
            rect(x, y + cell - 4, BOS_WIDTH * (Double.isNaN(share) ? 0 : Math.min(1, share)), 4, "fill=\"#7a828d\"");
            String shown = panel.bos(query) + " %";
            text(x + BOS_WIDTH / 2.0, y + cell / 2 + 3, "text-anchor=\"middle\"", shown);
        }
    }

    private void cell(double x, double y, double size, double share) {
        // At least a tint: what is selected is to be seen, however small its share.
        double depth = 0.18 + 0.82 * share;
        rect(x, y, size, size, "fill=\"" + SCALE.hex(depth) + "\"");
        if (size >= 30) {
            String ink = depth > 0.55 ? "fill=\"#fff\" " : "";
            text(x + size / 2, y + size / 2 + 4.5, ink + "text-anchor=\"middle\"", AttentionFigure.percent(share));
        }
    }

    private void net(double left, double top, double side) {
        for (int i = 1; i < labels.size(); i++) {
            out.append(String.format(
                            Locale.ROOT,
                            "<path d=\"M%.1f %.1fh%.1fM%.1f %.1fv%.1f\" stroke=\"#d5d9df\" stroke-width=\"0.7\"/>%n",
                            left,
                            top + cell * i,
                            side,
                            left + cell * i,
                            top,
                            side)
                    .replace(System.lineSeparator(), "\n"));
        }
    }

    private void rect(double x, double y, double width, double height, String attributes) {
        out.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" %s/>\n",
                x,
                y,
                width,
                height,
                attributes));
    }

    private void text(double x, double y, String attributes, String text) {
        out.append(SvgText.text(x, y, attributes, text));
    }
}
