package io.rasplens.runtime.view.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * Assigns each box of a flow its row: layer by layer, inside a layer below everything of the same layer that it reads. A row
 * that would become too wide is cut into several; its boxes don't read one another.
 */
final class RankBoxes {
    private static final double MAX_ROW_WIDTH = 1400;

    private RankBoxes() {}

    /**
     * The row of each box, rows numbered in the direction of the flow without gaps.
     *
     * @param widths how far each box reaches along its row
     */
    static int[] rank(Flow flow, double[] widths) {
        int[] level = levels(flow);
        var rows = new ArrayList<List<Integer>>();
        for (int layer = 0; layer <= flow.layers(); layer++) {
            for (List<Integer> row : rowsOf(flow, layer, level)) {
                rows.addAll(cut(row, widths));
            }
        }
        int[] ranks = new int[level.length];
        for (int rank = 0; rank < rows.size(); rank++) {
            for (int box : rows.get(rank)) {
                ranks[box] = rank;
            }
        }
        return ranks;
    }

    /** Longest path inside the box's own layer. Arrows are sorted by reader, and readers come after what they read. */
    private static int[] levels(Flow flow) {
        int[] level = new int[flow.boxes().size()];
        for (FlowArrow arrow : flow.arrows()) {
            if (flow.boxes().get(arrow.from()).layer()
                    == flow.boxes().get(arrow.to()).layer()) {
                level[arrow.to()] = Math.max(level[arrow.to()], level[arrow.from()] + 1);
            }
        }
        return level;
    }

    private static List<List<Integer>> rowsOf(Flow flow, int layer, int[] level) {
        var rows = new ArrayList<List<Integer>>();
        for (FlowBox box : flow.boxes()) {
            if (box.layer() == layer) {
                while (rows.size() <= level[box.id()]) {
                    rows.add(new ArrayList<>());
                }
                rows.get(level[box.id()]).add(box.id());
            }
        }
        return rows;
    }

    private static List<List<Integer>> cut(List<Integer> row, double[] widths) {
        double total = row.stream().mapToDouble(box -> widths[box]).sum();
        int pieces = (int) Math.ceil(total / MAX_ROW_WIDTH);
        var result = new ArrayList<List<Integer>>();
        var piece = new ArrayList<Integer>();
        double used = 0;
        for (int box : row) {
            double width = widths[box];
            if (!piece.isEmpty() && used + width / 2 > total / pieces * (result.size() + 1)) {
                result.add(piece);
                piece = new ArrayList<>();
            }
            piece.add(box);
            used += width;
        }
        if (!piece.isEmpty()) {
            result.add(piece);
        }
        return result;
    }
}
