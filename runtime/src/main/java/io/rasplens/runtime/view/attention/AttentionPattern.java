package io.rasplens.runtime.view.attention;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * What a head's softmax gave on one input, BOS apart from the keys of the input.
 *
 * @param size positions of the input
 * @param shares {@code [query, key]}, row by row
 * @param bos {@code [query]}; zero for a model without BOS
 */
public record AttentionPattern(int size, ImmutableDoubleArray shares, ImmutableDoubleArray bos) {
    public AttentionPattern {
        if (shares.length() != size * size || bos.length() != size) {
            throw new IllegalArgumentException(shares.length() + " shares for " + size + " positions");
        }
    }

    /** A share of the whole attention of a query. */
    public interface Share {
        double at(int query, int key);
    }

    /**
     * Takes a pattern apart.
     *
     * @param positions of the pattern, BOS among them
     * @param hasBos whether the first of them is BOS
     */
    public static AttentionPattern of(int positions, boolean hasBos, Share pattern) {
        int first = hasBos ? 1 : 0;
        var shares = ImmutableDoubleArray.builder();
        var bos = ImmutableDoubleArray.builder();
        for (int query = first; query < positions; query++) {
            bos.add(hasBos ? pattern.at(query, 0) : 0);
            for (int key = first; key < positions; key++) {
                shares.add(pattern.at(query, key));
            }
        }
        return new AttentionPattern(positions - first, shares.build(), bos.build());
    }

    public double share(int query, int key) {
        return shares.get(query * size + key);
    }
}
