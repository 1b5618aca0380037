package io.rasplens.runtime.view.attention;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/** Draws attention with characters: a row for each query, a column for each key, shares in percent, BOS at the right. */
public final class AttentionText {
    private static final int LONGEST_TOKEN = 8;

    private final AttentionFigure figure;
    private final ImmutableList<String> labels;
    private final int cell;
    private final int width;
    private final StringBuilder out = new StringBuilder();

    private AttentionText(AttentionFigure figure, int width) {
        this.figure = figure;
        this.width = width;
        var named = new ArrayList<String>();
        for (int position = 0; position < figure.tokens().size(); position++) {
            String token = figure.tokens().get(position);
            named.add(position + ": "
                    + (token.length() > LONGEST_TOKEN ? token.substring(0, LONGEST_TOKEN - 1) + "~" : token));
        }
        this.labels = ImmutableList.copyOf(named);
        this.cell = Math.max(4, labels.stream().mapToInt(String::length).max().orElse(0)) + 1;
    }

    /** Lines of at most {@code width} characters where the labels allow it, each ended by a line feed. */
    public static String draw(AttentionFigure figure, int width) {
        var text = new AttentionText(figure, width);
        text.line(figure.title());
        if (!figure.subtitle().isEmpty()) {
            text.line(figure.subtitle());
        }
        figure.panels().forEach(text::panel);
        text.out.append('\n');
        text.wrapped(figure.legend());
        return text.out.toString();
    }

    /** A head alone, without the title and the legend. */
    public static String panel(AttentionFigure figure, AttentionPanel panel, int width) {
        var text = new AttentionText(figure, width);
        text.grid(panel);
        return text.out.toString();
    }

    private void panel(AttentionPanel panel) {
        out.append('\n');
        wrapped(panel.words().isEmpty() ? panel.title() : panel.title() + "  " + panel.words());
        if (panel.selected().isEmpty()) {
            line("(which keys its selector selects isn't known: the pattern as it is)");
        }
        grid(panel);
    }

    private void grid(AttentionPanel panel) {
        int gutter = Math.max(5, cell);
        int perBand = Math.max(1, (width - gutter - 9) / cell);
        for (int from = 0; from < labels.size(); from += perBand) {
            band(panel, gutter, from, Math.min(labels.size(), from + perBand));
        }
    }

    private void band(AttentionPanel panel, int gutter, int from, int to) {
        boolean last = to == labels.size() && figure.hasBos();
        var head = new StringBuilder(Strings.padEnd("", gutter, ' '));
        for (int key = from; key < to; key++) {
            head.append(Strings.padStart(labels.get(key), cell, ' '));
        }
        line(head + (last ? " |  BOS" : ""));
        for (int query = 0; query < labels.size(); query++) {
            var row = new StringBuilder(Strings.padEnd(labels.get(query), gutter, ' '));
            for (int key = from; key < to; key++) {
                String share = panel.isDrawn(query, key) ? AttentionFigure.percent(panel.share(query, key)) : "";
                row.append(Strings.padStart(share.isEmpty() ? "." : share, cell, ' '));
            }
            String bos = panel.bos(query);
            line(row + (last ? " |" + Strings.padStart(bos, 5, ' ') : ""));
        }
    }

    private void wrapped(String text) {
        List<String> words = List.of(text.split(" ", -1));
        var line = new StringBuilder();
        for (String word : words) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                line(line.toString());
                line.setLength(0);
                line.append("  ");
            } else if (line.length() > 0) {
                line.append(' ');
            }
            line.append(word);
        }
        line(line.toString());
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
