package io.rasplens.runtime.view.heat;

import com.google.common.collect.ImmutableList;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Panels that are coloured alike, so that they can be compared.
 *
 * @param title the activation's name
 * @param subtitle a line under it: the input, the shape; may be empty
 * @param rowAxis what goes down: {@code position}, {@code query}
 * @param columnAxis what goes across: {@code dimension}, {@code key}
 * @param scaling what one scale of colours covers
 */
public record HeatFigure(
        String title,
        String subtitle,
        String rowAxis,
        String columnAxis,
        Scaling scaling,
        ImmutableList<HeatPanel> panels) {

    /** What one scale of colours covers. */
    public enum Scaling {
        /** All cells. */
        WHOLE,
        /** The columns of one group: numbers of different s-ops are no more comparable than metres and hours. */
        BY_GROUP
    }

    /** On one scale. */
    public HeatFigure(
            String title, String subtitle, String rowAxis, String columnAxis, ImmutableList<HeatPanel> panels) {
        this(title, subtitle, rowAxis, columnAxis, Scaling.WHOLE, panels);
    }

    public static HeatFigure of(String title, String rowAxis, String columnAxis, HeatPanel... panels) {
        return new HeatFigure(title, "", rowAxis, columnAxis, Scaling.WHOLE, ImmutableList.copyOf(panels));
    }

    public HeatFigure subtitle(String text) {
        return new HeatFigure(title, text, rowAxis, columnAxis, scaling, panels);
    }

    public HeatFigure scaling(Scaling other) {
        return new HeatFigure(title, subtitle, rowAxis, columnAxis, other, panels);
    }

    /** The scale that covers every finite cell. */
    public ColorScale scale() {
        return ColorScale.covering(panels.stream().map(HeatPanel::cells).flatMapToDouble(cells -> cells.stream()));
    }

    /** The scale of a column. */
    public ColorScale scaleOf(AxisLabel column) {
        return scaling == Scaling.WHOLE
                ? scale()
                : ColorScale.covering(panels.stream().flatMapToDouble(panel -> group(panel, column.group())));
    }

    private static DoubleStream group(HeatPanel panel, String group) {
        return IntStream.range(0, panel.columns().size())
                .filter(column -> panel.columns().get(column).group().equals(group))
                .boxed()
                .flatMapToDouble(
                        column -> IntStream.range(0, panel.rows().size()).mapToDouble(row -> panel.at(row, column)));
    }

    /** The scale of each column of a panel. */
    ImmutableList<ColorScale> scales(HeatPanel panel) {
        var scales = ImmutableList.<ColorScale>builder();
        ColorScale last = scale();
        for (int column = 0; column < panel.columns().size(); column++) {
            if (scaling == Scaling.BY_GROUP && panel.groupStartsAt(column)) {
                last = scaleOf(panel.columns().get(column));
            }
            scales.add(last);
        }
        return scales.build();
    }

    /** Whether some cell is the answer. */
    boolean hasAnswers() {
        return panels.stream().anyMatch(panel -> !panel.answers().isEmpty());
    }

    /** Whether some cell is no number: a masked score. */
    boolean hasMasked() {
        return panels.stream().anyMatch(p -> p.cells().stream().anyMatch(v -> !Double.isFinite(v)));
    }
}
