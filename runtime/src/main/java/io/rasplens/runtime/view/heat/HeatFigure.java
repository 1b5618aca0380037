package io.rasplens.runtime.view.heat;

import com.google.common.collect.ImmutableList;

/**
 * Panels that share a colour scale, so that they can be compared.
 *
 * @param title the activation's name
 * @param subtitle a line under it: the input, the shape; may be empty
 * @param rowAxis what goes down: {@code position}, {@code query}
 * @param columnAxis what goes across: {@code dimension}, {@code key}
 */
public record HeatFigure(
        String title, String subtitle, String rowAxis, String columnAxis, ImmutableList<HeatPanel> panels) {

    public static HeatFigure of(String title, String rowAxis, String columnAxis, HeatPanel... panels) {
        return new HeatFigure(title, "", rowAxis, columnAxis, ImmutableList.copyOf(panels));
    }

    public HeatFigure subtitle(String text) {
        return new HeatFigure(title, text, rowAxis, columnAxis, panels);
    }

    /** The scale that covers every finite cell. */
    public ColorScale scale() {
        return ColorScale.covering(panels.stream().map(HeatPanel::cells).flatMapToDouble(cells -> cells.stream()));
    }
}
