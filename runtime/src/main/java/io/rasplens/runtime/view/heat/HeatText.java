package io.rasplens.runtime.view.heat;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.util.Locale;

/**
 * Draws a heat map with characters. Neighbouring columns of one s-op stand together under the s-op's name, each column under
 * its value; groups that don't fit in the width go to the next band.
 */
public final class HeatText {
    /** What cells are made of. */
    public enum Style {
        /** Coloured backgrounds, for a terminal. */
        COLOR(" ", " ", "│"),
        /** Unicode shades, for a terminal that shall not use colour. */
        BLOCKS(" ░▒▓█", "·", "│"),
        /** Plain ASCII, for files and pipes. */
        ASCII(" .:+#@", ".", "|");

        private final String shades;
        private final String zero;
        private final String divider;

        Style(String shades, String zero, String divider) {
            this.shades = shades;
            this.zero = zero;
            this.divider = divider;
        }
    }

    private static final int LONGEST_ROW_LABEL = 14;
    private static final String MOST = "max";

    private final HeatFigure figure;
    private final boolean grouped;
    private final Style style;
    private final int width;
    private final StringBuilder out = new StringBuilder();

    private HeatText(HeatFigure figure, Style style, int width) {
        this.figure = figure;
        this.grouped = figure.scaling() == HeatFigure.Scaling.BY_GROUP;
        this.style = style;
        this.width = width;
    }

    /** Lines of at most {@code width} characters where the labels allow it, each ended by a line feed. */
    public static String draw(HeatFigure figure, Style style, int width) {
        return new HeatText(figure, style, width).picture();
    }

    /** Columns {@code from} to {@code to} exclusive, all of one group, with cells of one width. */
    private record ColumnGroup(String name, int from, int to, int cell, ColorScale scale, String most) {
        int columns() {
            return to - from;
        }

        int width() {
            return Math.max(columns() * cell + 1, Math.max(name.length(), most.length()) + 2);
        }
    }

    private String picture() {
        line(figure.title());
        if (!figure.subtitle().isEmpty()) {
            line(figure.subtitle());
        }
        for (HeatPanel panel : figure.panels()) {
            out.append('\n');
            if (!panel.title().isEmpty()) {
                line(panel.title());
            }
            int gutter = panel.rows().stream()
                    .mapToInt(r -> cut(r.text(), LONGEST_ROW_LABEL).length())
                    .max()
                    .orElse(0);
            gutter = grouped ? Math.max(MOST.length(), gutter) : gutter;
            ImmutableList<ImmutableList<ColumnGroup>> bands = bands(panel, gutter);
            for (int i = 0; i < bands.size(); i++) {
                out.append(i > 0 ? "\n" : "");
                band(panel, bands.get(i), gutter);
            }
        }
        out.append('\n');
        legend();
        return out.toString();
    }

    private ImmutableList<ImmutableList<ColumnGroup>> bands(HeatPanel panel, int gutter) {
        var bands = ImmutableList.<ImmutableList<ColumnGroup>>builder();
        var band = ImmutableList.<ColumnGroup>builder();
        int used = gutter;
        for (ColumnGroup group : groups(panel, width - gutter - 2)) {
            int needs = group.width() + 1;
            if (used > gutter && used + needs > width) {
                bands.add(band.build());
                band = ImmutableList.builder();
                used = gutter;
            }
            band.add(group);
            used += needs;
        }
        return bands.add(band.build()).build();
    }

    private ImmutableList<ColumnGroup> groups(HeatPanel panel, int room) {
        var groups = ImmutableList.<ColumnGroup>builder();
        ImmutableList<ColorScale> scales = figure.scales(panel);
        int from = 0;
        while (from < panel.columns().size()) {
            int to = from + 1;
            while (to < panel.columns().size() && !panel.groupStartsAt(to)) {
                to++;
            }
            int cell = 3;
            for (int column = from; column < to; column++) {
                cell = Math.max(cell, panel.columns().get(column).item().length() + 1);
            }
            int perBand = Math.max(1, room / cell);
            for (int start = from; start < to; start += perBand) {
                ColorScale scale = scales.get(start);
                groups.add(new ColumnGroup(
                        panel.columns().get(from).group(),
                        start,
                        Math.min(to, start + perBand),
                        cell,
                        scale,
                        grouped ? NumberText.brief(scale.limit()) : ""));
            }
            from = to;
        }
        return groups.build();
    }

    private void band(HeatPanel panel, ImmutableList<ColumnGroup> band, int gutter) {
        if (band.stream().anyMatch(g -> !g.name().isEmpty())) {
            var names = new StringBuilder(" ".repeat(gutter + 1));
            band.forEach(group -> names.append(style.divider)
                    .append(Strings.padEnd(" " + group.name(), group.width(), ' ')
                            .substring(0, group.width())));
            line(names.toString());
        }
        if (band.stream().anyMatch(g -> hasItems(panel, g))) {
            var items = new StringBuilder(" ".repeat(gutter + 1));
            for (ColumnGroup group : band) {
                var part = new StringBuilder();
                for (int column = group.from(); column < group.to(); column++) {
                    part.append(Strings.padStart(panel.columns().get(column).item(), group.cell(), ' '));
                }
                items.append(style.divider).append(Strings.padEnd(part.toString(), group.width(), ' '));
            }
            line(items.toString());
        }
        if (grouped) {
            var most = new StringBuilder(Strings.padEnd(MOST, gutter, ' ') + " ");
            band.forEach(
                    group -> most.append(style.divider).append(Strings.padEnd(" " + group.most(), group.width(), ' ')));
            line(most.toString());
        }
        for (int row = 0; row < panel.rows().size(); row++) {
            var cells = new StringBuilder(
                            Strings.padEnd(cut(panel.rows().get(row).text(), LONGEST_ROW_LABEL), gutter, ' '))
                    .append(' ');
            for (ColumnGroup group : band) {
                cells.append(style.divider);
                for (int column = group.from(); column < group.to(); column++) {
                    cells.append(cell(group.scale(), panel.at(row, column), panel.isAnswer(row, column), group.cell()));
                }
                cells.append(" ".repeat(group.width() - group.columns() * group.cell()));
            }
            line(cells.toString());
        }
    }

    private static boolean hasItems(HeatPanel panel, ColumnGroup group) {
        return panel.columns().subList(group.from(), group.to()).stream()
                .anyMatch(c -> !c.item().isEmpty());
    }

    private String cell(ColorScale scale, double value, boolean answer, int size) {
        String mark = answer ? "*" : "";
        if (style == Style.COLOR) {
            int rgb = scale.isBlank(value) ? 0xffffff : scale.rgb(value);
            boolean dark = (rgb >> 8 & 0xff) < 0x80;
            return String.format(
                    Locale.ROOT,
                    " \u001b[%d;48;2;%d;%d;%dm%s\u001b[0m",
                    dark ? 97 : 30,
                    rgb >> 16,
                    rgb >> 8 & 0xff,
                    rgb & 0xff,
                    Strings.padEnd(mark, size - 1, ' '));
        }
        return Strings.padStart(mark + (Double.isFinite(value) ? shade(scale, value) : "x"), size, ' ');
    }

    /** A sign where it is negative, then a shade; what is blank is a dot where there are shades, so that columns can be followed. */
    private String shade(ColorScale scale, double value) {
        if (scale.isBlank(value)) {
            return style == Style.ASCII ? " " : style.zero;
        }
        double strength = scale.strength(value);
        int steps = style.shades.length() - 1;
        int step = Math.max(1, (int) Math.ceil(Math.abs(strength) * steps - 1e-9));
        String character = style.shades.substring(step, step + 1);
        String doubled = style == Style.BLOCKS && strength > 0 ? character + character : character;
        return strength < 0 ? "-" + doubled : doubled;
    }

    private void legend() {
        if (style == Style.COLOR && !grouped) {
            ColorScale scale = figure.scale();
            var bar = new StringBuilder(NumberText.brief(scale.low()));
            int steps = 24;
            for (int i = 0; i <= steps; i++) {
                bar.append(cell(scale, scale.low() + (scale.limit() - scale.low()) * i / steps, false, 2)
                        .substring(1));
            }
            line(bar + " " + NumberText.brief(scale.limit()));
        } else if (style != Style.COLOR) {
            shades();
        }
        var notes = new StringBuilder();
        if (grouped) {
            notes.append(style == Style.COLOR ? "white to dark: 0 to the max of the s-op; " : "");
        }
        notes.append("less than a hundredth is blank");
        if (isSigned() && style != Style.COLOR) {
            notes.append("; '-' before it: negative");
        }
        notes.append(figure.hasMasked() ? "; 'x' masked" : "");
        line(notes.append(figure.hasAnswers() ? "; '*': read as the answer" : "")
                .toString());
    }

    private void shades() {
        int steps = style.shades.length() - 1;
        var text = new StringBuilder("legend:");
        for (int step = 1; step <= steps; step++) {
            text.append(" '").append(style.shades.charAt(step)).append("' up to ");
            text.append(
                            grouped
                                    ? 100 * step / steps + "%"
                                    : NumberText.brief(figure.scale().limit() * step / steps))
                    .append(step < steps ? "," : grouped ? " of the max" : "");
        }
        line(text.toString());
    }

    private boolean isSigned() {
        return figure.panels().stream()
                .flatMap(panel -> figure.scales(panel).stream())
                .anyMatch(ColorScale::diverging);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "~";
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
