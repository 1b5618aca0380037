package io.rasplens.runtime.view.attention;

import io.rasplens.compiler.model.part.SelectedKeys;
import java.util.Arrays;

/**
 * Which keys each query selects; positions without BOS. Immutable.
 *
 * @see FindSelectedKeys
 */
public final class KeyMask {
    private final int size;
    private final boolean[] selected;

    private KeyMask(int size, boolean[] selected) {
        this.size = size;
        this.selected = selected;
    }

    /** Whether a cell is selected. */
    public interface MaskCell {
        boolean at(int query, int key);
    }

    /** The keys in the cells where {@code cells} says so. */
    public static KeyMask of(int size, MaskCell cells) {
        var selected = new boolean[size * size];
        for (int query = 0; query < size; query++) {
            for (int key = 0; key < size; key++) {
                selected[query * size + key] = cells.at(query, key);
            }
        }
        return new KeyMask(size, selected);
    }

    /**
     * The keys that a head selects on an input, as the compiler says how its scores tell.
     *
     * @param scores of the head, scaled and masked ({@code hook_attn_scores}), by query and key
     * @param positions of the scores, BOS among them
     * @param hasBos whether the first of them is BOS
     */
    public static KeyMask selected(
            SelectedKeys selected, AttentionPattern.Share scores, int positions, boolean hasBos) {
        int first = hasBos ? 1 : 0;
        if (selected instanceof SelectedKeys.AtLeast least) {
            return of(positions - first, (query, key) -> scores.at(query + first, key + first) >= least.score());
        }
        double near = ((SelectedKeys.Greatest) selected).gap() / 2;
        var greatest = new double[positions];
        for (int query = 0; query < positions; query++) {
            greatest[query] = Double.NEGATIVE_INFINITY;
            for (int key = first; key < positions; key++) {
                greatest[query] = Math.max(greatest[query], scores.at(query, key));
            }
        }
        return of(
                positions - first,
                (query, key) -> scores.at(query + first, key + first) > greatest[query + first] - near);
    }

    /** Queries, and keys. */
    public int size() {
        return size;
    }

    public boolean selects(int query, int key) {
        return selected[query * size + key];
    }

    /** How many keys a query selects. */
    public int width(int query) {
        int width = 0;
        for (int key = 0; key < size; key++) {
            width += selects(query, key) ? 1 : 0;
        }
        return width;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyMask mask && mask.size == size && Arrays.equals(mask.selected, selected);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(selected);
    }
}
