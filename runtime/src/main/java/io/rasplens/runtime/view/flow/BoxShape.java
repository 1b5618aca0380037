package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.view.FoldLine;
import io.rasplens.runtime.view.SequenceForm;
import java.util.Collection;
import java.util.List;

/**
 * How large a box is drawn, in pixels. All text is in a monospaced face, so that its width is known without a font at hand.
 *
 * @param width of the whole box
 * @param height of the whole box
 * @param cell width of one position's cell
 * @param labelWidth of the labels left of a grid; 0 for a sequence
 * @param labelHeight of the labels above a grid; 0 for a sequence
 * @param turned whether the labels above a grid are written upwards, because they are wider than a cell
 * @param lines of the expression; none where there is none to show
 */
record BoxShape(
        double width,
        double height,
        double cell,
        double labelWidth,
        double labelHeight,
        boolean turned,
        ImmutableList<String> lines) {
    /** Advance of one column of the title's, the expression's and the cells' text. */
    static final double TITLE_COLUMN = 8.5;

    static final double SMALL_COLUMN = 7.3;
    static final double CELL_COLUMN = 7.9;

    static final double PADDING = 9;
    static final double TITLE_HEIGHT = 20;
    static final double SMALL_HEIGHT = 18;
    static final double CELL_HEIGHT = 22;

    /** Longer values are cut in their cell; the whole value is in the tooltip. */
    static final int MAX_CELL_COLUMNS = 12;

    private static final double MIN_CELL = 20;

    /** Side of a grid's cell, for few and for many positions: no smaller than a line of its labels. */
    private static final double LARGE_GRID_CELL = 19;

    private static final double SMALL_GRID_CELL = 15;
    private static final int FEW = 16;

    /** @param columns after which an expression is broken, where it has a space */
    static BoxShape of(FlowBox box, List<Value> input, int columns) {
        ImmutableList<String> lines = lines(box.expression(), columns);
        double header = PADDING + TITLE_HEIGHT + lines.size() * SMALL_HEIGHT;
        int widest = lines.stream().mapToInt(TextColumns::of).max().orElse(0);
        double text = Math.max(TextColumns.of(box.title()) * TITLE_COLUMN, widest * SMALL_COLUMN);
        if (box instanceof FlowBox.GridBox grid) {
            return grid(grid, input, text, header, lines);
        }
        var values = ((FlowBox.SequenceBox) box).values();
        double cell = Math.max(MIN_CELL, widest(values) * CELL_COLUMN + 8);
        return new BoxShape(
                Math.max(text, cell * values.size()) + 2 * PADDING,
                header + CELL_HEIGHT + PADDING,
                cell,
                0,
                0,
                false,
                lines);
    }

    private static ImmutableList<String> lines(String expression, int columns) {
        return expression.isEmpty()
                ? ImmutableList.of()
                : FoldLine.fold(expression, columns, "", " ").lines().collect(ImmutableList.toImmutableList());
    }

    private static BoxShape grid(
            FlowBox.GridBox grid, List<Value> input, double text, double header, ImmutableList<String> lines) {
        int n = input.size();
        double cell = n <= FEW ? LARGE_GRID_CELL : SMALL_GRID_CELL;
        var columns = columnLabels(grid, input);
        var rows = rowLabels(grid, input);
        int widestColumn = columns.stream().mapToInt(BoxShape::widest).max().orElse(0);
        boolean turned = widestColumn * SMALL_COLUMN > cell;
        double labelHeight = turned
                ? columns.stream().mapToDouble(labels -> labelSize(labels) + 5).sum()
                : columns.size() * (SMALL_HEIGHT - 3);
        double labelWidth =
                rows.stream().mapToDouble(labels -> labelSize(labels) + 7).sum();
        return new BoxShape(
                Math.max(text, labelWidth + cell * n) + 2 * PADDING,
                header + labelHeight + cell * n + PADDING,
                cell,
                labelWidth,
                labelHeight,
                turned,
                lines);
    }

    /** The rows of labels above a grid, topmost first: the tokens, then what is compared where that is something else. */
    static ImmutableList<ImmutableList<Value>> columnLabels(FlowBox.GridBox grid, List<Value> input) {
        return labels(input, grid.keys());
    }

    /** The columns of labels left of a grid, leftmost first. */
    static ImmutableList<ImmutableList<Value>> rowLabels(FlowBox.GridBox grid, List<Value> input) {
        return labels(input, grid.queries());
    }

    private static ImmutableList<ImmutableList<Value>> labels(List<Value> input, ImmutableList<Value> compared) {
        return compared.isEmpty()
                ? ImmutableList.of(ImmutableList.copyOf(input))
                : ImmutableList.of(ImmutableList.copyOf(input), compared);
    }

    /** The length of the longest label, written along its text. */
    static double labelSize(Collection<Value> labels) {
        return widest(labels) * SMALL_COLUMN;
    }

    private static int widest(Collection<Value> values) {
        return values.stream()
                .mapToInt(value -> Math.min(MAX_CELL_COLUMNS, TextColumns.of(SequenceForm.element(value))))
                .max()
                .orElse(1);
    }
}
