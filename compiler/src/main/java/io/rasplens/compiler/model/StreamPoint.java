package io.rasplens.compiler.model;

import java.util.Comparator;

/**
 * A point of the residual stream between two sublayers.
 *
 * @param layer the block that wrote last; -1 for the embedding
 * @param afterAttention true between that block's attention and its MLP ({@code resid_mid}), false behind both ({@code resid_post})
 */
public record StreamPoint(int layer, boolean afterAttention) implements Comparable<StreamPoint> {
    public static final StreamPoint EMBEDDING = new StreamPoint(-1, false);

    private static final Comparator<StreamPoint> ORDER =
            Comparator.comparingInt(StreamPoint::layer).thenComparing(point -> !point.afterAttention());

    public StreamPoint {
        if (layer < -1 || (layer < 0 && afterAttention)) {
            throw new IllegalArgumentException("there is no point " + layer + (afterAttention ? ", attention" : ""));
        }
    }

    /** Behind the last block. */
    public static StreamPoint end(int layers) {
        return new StreamPoint(layers - 1, false);
    }

    /** In the order of computation. */
    @Override
    public int compareTo(StreamPoint other) {
        return ORDER.compare(this, other);
    }
}
