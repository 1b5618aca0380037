package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.SOp;
import java.util.List;

/**
 * What computes one s-op.
 *
 * @param depth the longest chain of blocks up to this one, itself included
 * @param head at most one
 * @param units hidden units of the MLP after the head, if any
 */
record Block(SOp sop, int depth, List<Head> head, ImmutableList<Unit> units) {

    boolean attentionOnly() {
        return units.isEmpty();
    }

    boolean mlpOnly() {
        return head.isEmpty();
    }

    /**
     * An attention head. Queries and keys have one form per shared column; scores are their products, summed.
     *
     * @param queries with the hardness in them, before any √d_head
     * @param values one form per column that is copied
     * @param targets the direction that each value column is written to
     * @param width the d_head that the original layout gives this head
     */
    record Head(
            SOp sop,
            String description,
            ImmutableList<Form> queries,
            ImmutableList<Form> keys,
            ImmutableList<Form> values,
            ImmutableList<Direction> targets,
            int width) {}

    /** A hidden unit: {@code relu(in)} times {@code out}. */
    record Unit(SOp sop, String description, Form in, Form out) {}
}
