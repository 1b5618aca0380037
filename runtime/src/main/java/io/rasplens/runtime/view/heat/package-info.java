/**
 * Heat maps of activations: data first, drawing second. A {@link io.rasplens.runtime.view.heat.HeatFigure} is plain data,
 * with RASP labels on its axes; {@link io.rasplens.runtime.view.heat.HeatSvg} and
 * {@link io.rasplens.runtime.view.heat.HeatText} draw it. The command line, the examples and pictures of attention use
 * it; it sees neither models nor the engine.
 *
 * <pre>{@code
 * var rows = AxisLabel.plain("BOS", "1", "2");
 * var columns = ImmutableList.of(new AxisLabel("reverse", "1"), new AxisLabel("reverse", "2"));
 * var panel = HeatPanel.of("", rows, columns, (row, column) -> row * column);
 * var figure = HeatFigure.of("residual stream", "position", "dimension", panel);
 * Files.writeString(path, HeatSvg.draw(figure));
 * }</pre>
 */
@NullMarked
package io.rasplens.runtime.view.heat;

import org.jspecify.annotations.NullMarked;
