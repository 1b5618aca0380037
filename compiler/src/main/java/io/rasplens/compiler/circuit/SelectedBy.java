package io.rasplens.compiler.circuit;

import io.rasplens.compiler.model.part.Condition;
import io.rasplens.compiler.model.part.SelectedKeys;

/**
 * Which keys a head selects.
 *
 * @param where in s-ops
 * @param parts how many parts of the scores a selected key meets at the least, one of which no other does
 * @param nearest whether scores tell keys apart only from each other, and the greatest is selected
 * @param last whether that is the last key
 * @param canBeEmpty whether a query may select none, which BOS then takes
 */
public record SelectedBy(Condition where, int parts, boolean nearest, boolean last, boolean canBeEmpty) {

    /** The same in the scores of a head of a kind. */
    public SelectedKeys in(HeadKind kind) {
        if (nearest) {
            return new SelectedKeys.Greatest(kind.gap());
        }
        return new SelectedKeys.AtLeast(part(kind) * (parts - 0.5));
    }

    /** What each part of the scores adds. */
    private static double part(HeadKind kind) {
        if (kind instanceof HeadKind.Part several) {
            return several.part();
        }
        return kind instanceof HeadKind.Mean ? 2 * kind.gap() : kind.gap();
    }
}
