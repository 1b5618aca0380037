package io.rasplens.compiler.model.part;

import com.google.common.collect.ImmutableList;

/**
 * All parts of a model.
 *
 * @param heads per layer, per head
 * @param units per layer, groups of hidden units in the order of the units; together they are all
 * @param directions what each residual dimension holds
 * @param sops the program's named s-ops, in its order, and behind them others that some part is for
 */
public record Anatomy(
        ImmutableList<ImmutableList<HeadPart>> heads,
        ImmutableList<ImmutableList<UnitPart>> units,
        ImmutableList<Holds> directions,
        ImmutableList<SopPart> sops) {

    public Anatomy withSops(ImmutableList<SopPart> others) {
        return new Anatomy(heads, units, directions, others);
    }
}
