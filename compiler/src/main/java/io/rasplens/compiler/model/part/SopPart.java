package io.rasplens.compiler.model.part;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * An s-op of the program.
 *
 * @param name what tells it from every other
 * @param place where it is bound; the expression's for one without a name
 * @param form how it can be found in the model
 * @param from where it can be read first, for one that can
 * @param dimensions those that stand for it alone
 * @param into for one that can't be read, the s-ops that it was folded into
 */
public record SopPart(
        String name,
        Optional<BoundAt> place,
        Presence form,
        Optional<ReadableFrom> from,
        ImmutableList<Integer> dimensions,
        ImmutableList<String> into) {

    /**
     * Lines of a source file.
     *
     * @param file its name
     * @param line from 1
     * @param text the expression, as it stands there
     */
    public record BoundAt(String file, int line, String text) {}

    /**
     * A point of the residual stream.
     *
     * @param layer the block that wrote last; -1 for the embedding
     * @param afterAttention whether that is between the block's attention and its MLP
     */
    public record ReadableFrom(int layer, boolean afterAttention) {}

    public enum Presence {
        /** It has residual dimensions of its own. */
        STANDS,
        /** It is a combination of what stands for others, and computed where it is read. */
        WHERE_READ,
        /** Nothing stands for it. */
        FOLDED
    }
}
