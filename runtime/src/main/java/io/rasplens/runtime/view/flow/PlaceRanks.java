package io.rasplens.runtime.view.flow;

import java.util.List;
import java.util.stream.Stream;

/**
 * Gives each slot its horizontal place, the order inside the rows kept: each row in turn comes as close as it can, by least
 * squares, to the mean place of its neighbours above and below.
 */
final class PlaceRanks {
    private static final double BOX_GAP = 30;
    private static final double PASSING_GAP = 14;
    private static final double LINE_GAP = 7;
    private static final int SWEEPS = 30;

    /** Passing lines want to be straight more than boxes want to be centred. */
    private static final double PASSING_WEIGHT = 8;

    private PlaceRanks() {}

    /** Modified: {@link Slot#x} of all slots. */
    static void place(List<List<Slot>> ranks) {
        double width = ranks.stream().mapToDouble(PlaceRanks::width).max().orElse(0);
        for (List<Slot> rank : ranks) {
            settle(rank, new double[rank.size()], width);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 0; i < ranks.size(); i++) {
                List<Slot> rank = ranks.get(sweep % 2 == 0 ? i : ranks.size() - 1 - i);
                double[] wish = rank.stream().mapToDouble(PlaceRanks::wish).toArray();
                settle(rank, wish, width);
            }
        }
    }

    private static double wish(Slot slot) {
        return Stream.concat(slot.above.stream(), slot.below.stream())
                .mapToDouble(other -> other.x)
                .average()
                .orElse(slot.x);
    }

    /** The least room that a row takes. */
    private static double width(List<Slot> rank) {
        double width = (rank.get(0).width + rank.get(rank.size() - 1).width) / 2;
        for (int i = 1; i < rank.size(); i++) {
            width += distance(rank.get(i - 1), rank.get(i));
        }
        return width;
    }

    /**
     * Least squares under minimum distances: without the distances it is isotonic regression, solved by pooling neighbours that
     * are out of order. No row may leave the stripe of {@code width} around 0 that the widest one needs; cutting the solution
     * off at its edges keeps it the best one.
     */
    private static void settle(List<Slot> rank, double[] wish, double width) {
        int n = rank.size();
        double[] offset = new double[n];
        for (int i = 1; i < n; i++) {
            offset[i] = offset[i - 1] + distance(rank.get(i - 1), rank.get(i));
        }
        double[] mean = new double[n];
        double[] weight = new double[n];
        int[] size = new int[n];
        int pools = 0;
        for (int i = 0; i < n; i++) {
            mean[pools] = wish[i] - offset[i];
            weight[pools] = rank.get(i).passing ? PASSING_WEIGHT : 1;
            size[pools] = 1;
            pools++;
            while (pools > 1 && mean[pools - 2] > mean[pools - 1]) {
                pools--;
                double sum = weight[pools - 1] + weight[pools];
                mean[pools - 1] = (mean[pools - 1] * weight[pools - 1] + mean[pools] * weight[pools]) / sum;
                weight[pools - 1] = sum;
                size[pools - 1] += size[pools];
            }
        }
        double least = (rank.get(0).width - width) / 2;
        double most = (width - rank.get(n - 1).width) / 2 - offset[n - 1];
        int slot = 0;
        for (int pool = 0; pool < pools; pool++) {
            for (int i = 0; i < size[pool]; i++) {
                rank.get(slot).x = Math.max(least, Math.min(most, mean[pool])) + offset[slot];
                slot++;
            }
        }
    }

    private static double distance(Slot left, Slot right) {
        double gap = left.passing && right.passing ? LINE_GAP : left.passing || right.passing ? PASSING_GAP : BOX_GAP;
        return (left.width + right.width) / 2 + gap;
    }
}
