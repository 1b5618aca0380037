package io.rasplens.runtime.view.flow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders the slots of each row so that few lines cross: sweeps down and up that put each slot at the mean place of its
 * neighbours (Sugiyama, Tagawa and Toda 1981), keeping the best order met.
 */
final class OrderRanks {
    private static final int SWEEPS = 24;

    private OrderRanks() {}

    /** Modified: the order inside each row. */
    static void order(List<List<Slot>> ranks) {
        List<List<Slot>> best = copy(ranks);
        long fewest = crossings(ranks);
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 1; i < ranks.size(); i++) {
                int rank = down ? i : ranks.size() - 1 - i;
                sort(ranks.get(rank), ranks.get(down ? rank - 1 : rank + 1), down);
            }
            long crossings = crossings(ranks);
            if (crossings < fewest) {
                fewest = crossings;
                best = copy(ranks);
            }
        }
        for (int rank = 0; rank < ranks.size(); rank++) {
            ranks.get(rank).clear();
            ranks.get(rank).addAll(best.get(rank));
        }
    }

    private static List<List<Slot>> copy(List<List<Slot>> ranks) {
        var result = new ArrayList<List<Slot>>();
        ranks.forEach(rank -> result.add(new ArrayList<>(rank)));
        return result;
    }

    private static void sort(List<Slot> rank, List<Slot> fixed, boolean down) {
        Map<Slot, Integer> place = places(fixed);
        var wish = new HashMap<Slot, Double>();
        for (int i = 0; i < rank.size(); i++) {
            Slot slot = rank.get(i);
            double own = (i + 0.5) / rank.size() * fixed.size() - 0.5;
            wish.put(
                    slot,
                    (down ? slot.above : slot.below)
                            .stream().mapToInt(place::get).average().orElse(own));
        }
        rank.sort(Comparator.comparingDouble(wish::get));
    }

    /** Pairs of lines between neighbouring rows that cross. */
    private static long crossings(List<List<Slot>> ranks) {
        long total = 0;
        for (int rank = 1; rank < ranks.size(); rank++) {
            Map<Slot, Integer> upper = places(ranks.get(rank - 1));
            var ends = new ArrayList<Integer>();
            for (Slot slot : ranks.get(rank)) {
                slot.above.stream().map(upper::get).sorted().forEach(ends::add);
            }
            for (int i = 0; i < ends.size(); i++) {
                for (int j = i + 1; j < ends.size(); j++) {
                    total += ends.get(i) > ends.get(j) ? 1 : 0;
                }
            }
        }
        return total;
    }

    private static Map<Slot, Integer> places(List<Slot> rank) {
        var result = new HashMap<Slot, Integer>();
        for (int i = 0; i < rank.size(); i++) {
            result.put(rank.get(i), i);
        }
        return result;
    }
}
