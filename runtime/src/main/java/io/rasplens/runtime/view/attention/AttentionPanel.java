package io.rasplens.runtime.view.attention;

import java.util.Optional;

/**
 * One head on one input.
 *
 * @param title {@code head 0}
 * @param words what the head does; empty where nobody knows
 * @param selected the keys that its selector selects; empty where the program is not known, and the pattern is shown as it is
 */
public record AttentionPanel(String title, String words, AttentionPattern pattern, Optional<KeyMask> selected) {
    /** What is less is not drawn where the selector isn't known. */
    static final double LEAST = 0.01;

    /** Whether there is something to draw between a query and a key. */
    public boolean isDrawn(int query, int key) {
        double share = pattern.share(query, key);
        return Double.isNaN(share)
                || selected.map(mask -> mask.selects(query, key)).orElse(share >= LEAST);
    }

    /**
     * The share of a key in what its query pays to selected keys, from 0 to 1; where the selector isn't known, in the whole of its
     * attention. NaN where the pattern is.
     */
    public double share(int query, int key) {
        if (!isDrawn(query, key)) {
            return 0;
        }
        if (selected.isEmpty() || Double.isNaN(pattern.share(query, key))) {
            return pattern.share(query, key);
        }
        double all = 0;
        for (int other = 0; other < pattern.size(); other++) {
            all += isDrawn(query, other) ? pattern.share(query, other) : 0;
        }
        return all > 0 ? pattern.share(query, key) / all : 0;
    }

    /** BOS's share of the whole attention of a query, in percent. */
    String bos(int query) {
        double share = pattern.bos().get(query);
        boolean others = false;
        for (int key = 0; key < pattern.size(); key++) {
            others |= pattern.share(query, key) > 0;
        }
        return share == 1 && others ? ">99" : AttentionFigure.percent(share);
    }
}
