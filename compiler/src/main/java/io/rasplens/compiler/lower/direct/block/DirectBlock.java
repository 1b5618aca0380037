package io.rasplens.compiler.lower.direct.block;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.UnitGroup;
import java.util.Optional;

/**
 * What computes one s-op.
 *
 * @param depth the longest chain of blocks up to this one, itself included
 * @param groups hidden units of the MLP after the head, if any
 */
public record DirectBlock(int depth, Optional<DirectHead> head, ImmutableList<UnitGroup> groups) {

    boolean attentionOnly() {
        return groups.isEmpty();
    }

    boolean mlpOnly() {
        return head.isEmpty();
    }
}
