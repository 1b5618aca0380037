package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a flow that goes to the right into rows, as a text is cut into lines, so that it is as large as it can be on a slide. Each row
 * begins with what it reads of the rows before.
 */
final class FoldFlow {
    /** A slide in pixels, what stands above the rows taken off. */
    private static final double SLIDE_WIDTH = 1920;

    private static final double SLIDE_HEIGHT = 1080 - FlowSvg.HEADER;

    private static final int MOST_ROWS = 8;

    /** So much larger must more rows be than fewer: a cut costs the eye something. */
    private static final double WORTH = 1.1;

    /** Pixels between two boxes of a row, and what boxes of earlier rows are guessed to take. */
    private static final double GAP = 40;

    private static final double CARRIED = 200;

    /** A cut within a layer is as bad as a row wider by this. */
    private static final double CUT_LAYER = 120;

    private final Flow flow;
    private final int[] rankOf;
    private final double[] length;
    private final int[] layer;

    private FoldFlow(Flow flow) {
        this.flow = flow;
        List<BoxShape> shapes = flow.boxes().stream()
                .map(box -> BoxShape.of(box, flow.input(), FlowDirection.RIGHT.columns()))
                .toList();
        this.rankOf = RankBoxes.rank(
                flow, shapes.stream().mapToDouble(FlowDirection.RIGHT::across).toArray());
        int ranks = Arrays.stream(rankOf).max().orElse(0) + 1;
        this.length = new double[ranks];
        this.layer = new int[ranks];
        for (FlowBox box : flow.boxes()) {
            int rank = rankOf[box.id()];
            length[rank] = Math.max(length[rank], FlowDirection.RIGHT.along(shapes.get(box.id())) + GAP);
            layer[rank] = box.layer();
        }
    }

    /** The rows, from the top; one where the whole is large enough, or cutting makes it no larger. */
    static ImmutableList<FlowRow> rows(Flow flow) {
        return new FoldFlow(flow).best();
    }

    private ImmutableList<FlowRow> best() {
        ImmutableList<FlowRow> best = ImmutableList.of(FlowRow.of(FlowPart.whole(flow), FlowDirection.RIGHT));
        for (int rows = 2; rows <= Math.min(MOST_ROWS, length.length) && scale(best) < 1; rows++) {
            ImmutableList<FlowRow> more = cut(rows);
            best = scale(more) > scale(best) * WORTH ? more : best;
        }
        return best;
    }

    /** How much of its size is left when it is made to fit a slide. */
    static double scale(List<FlowRow> rows) {
        double width =
                rows.stream().mapToDouble(row -> row.layout().width()).max().orElse(1);
        double height = rows.stream().mapToDouble(row -> row.layout().height()).sum();
        return Math.min(1, Math.min(SLIDE_WIDTH / width, SLIDE_HEIGHT / height));
    }

    private ImmutableList<FlowRow> cut(int rows) {
        var result = ImmutableList.<FlowRow>builder();
        int[] ends = ends(rows);
        int start = 0;
        for (int end : ends) {
            Set<Integer> own = new HashSet<>();
            for (FlowBox box : flow.boxes()) {
                if (rankOf[box.id()] >= start && rankOf[box.id()] < end) {
                    own.add(box.id());
                }
            }
            result.add(FlowRow.of(flow.part(box -> own.contains(box.id())), FlowDirection.RIGHT));
            start = end;
        }
        return result.build();
    }

    /** Behind which ranks to cut, so that the longest row is as short as can be: by the best cut of every beginning. */
    private int[] ends(int rows) {
        int ranks = length.length;
        double[][] longest = new double[rows + 1][ranks + 1];
        int[][] start = new int[rows + 1][ranks + 1];
        for (double[] each : longest) {
            Arrays.fill(each, Double.POSITIVE_INFINITY);
        }
        longest[0][0] = 0;
        for (int row = 1; row <= rows; row++) {
            for (int end = row; end <= ranks; end++) {
                double own = row == 1 ? 0 : CARRIED;
                for (int from = end - 1; from >= row - 1; from--) {
                    own += length[from];
                    boolean within = from > 0 && layer[from] == layer[from - 1];
                    double cost = Math.max(longest[row - 1][from], own) + (within ? CUT_LAYER : 0);
                    if (cost < longest[row][end]) {
                        longest[row][end] = cost;
                        start[row][end] = from;
                    }
                }
            }
        }
        var ends = new ArrayList<Integer>();
        int end = ranks;
        for (int row = rows; row > 0; row--) {
            ends.add(0, end);
            end = start[row][end];
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }
}
