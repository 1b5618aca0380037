package io.rasplens.compiler.lower;

import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.program.SOp;
import java.util.List;
import java.util.function.Function;

/** Numbers that hidden units write into a direction of their own. */
final class HiddenNumber {
    private final Lowerer lowerer;

    HiddenNumber(Lowerer lowerer) {
        this.lowerer = lowerer;
    }

    /**
     * Writes the units into the first block where they can read what they need.
     *
     * @param node what the number is computed for
     * @param feature of the direction
     * @param stage from when on all that the units read can be read
     * @param units the groups of units, which write to the form they are given
     */
    Signal write(SOp node, Feature feature, int stage, Function<LinearForm, List<UnitGroup>> units) {
        int block = stage / 2;
        lowerer.requireDepth(node, block);
        LinearForm out = LinearForm.of(Direction.number(feature));
        units.apply(out).forEach(group -> lowerer.stream().units(block, group));
        return new Signal(out, 2 * block + 2);
    }

    /** The same for one group, in a direction that goes by the node's name. */
    Signal write(SOp node, int stage, Function<LinearForm, UnitGroup> units) {
        return write(node, lowerer.feature(node), stage, out -> List.of(units.apply(out)));
    }
}
