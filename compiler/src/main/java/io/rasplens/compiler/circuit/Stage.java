package io.rasplens.compiler.circuit;

import io.rasplens.compiler.model.StreamPoint;

/**
 * From when on something can be read from the residual stream: behind the embedding, behind a block's attention, or behind its MLP. In the
 * order of computation.
 *
 * @param sublayers how many sublayers have written by then
 */
public record Stage(int sublayers) implements Comparable<Stage> {
    public static final Stage EMBEDDING = new Stage(0);

    public Stage {
        if (sublayers < 0) {
            throw new IllegalArgumentException("no stage lies before the embedding: " + sublayers);
        }
    }

    /** Behind the attention of a block, counted from 0. */
    public static Stage afterAttention(int block) {
        return new Stage(2 * block + 1);
    }

    /** Behind the MLP of a block, counted from 0. */
    public static Stage afterMlp(int block) {
        return new Stage(2 * block + 2);
    }

    public boolean isEmbedding() {
        return sublayers == 0;
    }

    /** The first block whose attention reads what stands here. */
    public int attention() {
        return (sublayers + 1) / 2;
    }

    /** The first block whose MLP reads what stands here. */
    public int mlp() {
        return sublayers / 2;
    }

    /** From when on both can be read. */
    public Stage and(Stage other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The same in the terms of a model. */
    public StreamPoint point() {
        return new StreamPoint(attention() - 1, sublayers % 2 == 1);
    }

    @Override
    public int compareTo(Stage other) {
        return Integer.compare(sublayers, other.sublayers);
    }

    /** As the dump of blocks has it. */
    @Override
    public String toString() {
        return Integer.toString(sublayers);
    }
}
