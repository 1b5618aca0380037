package io.rasplens.compiler.circuit.gadget;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;

/**
 * A number behind a gate, in one hidden unit: for x within {@code [low, high]} and a gate g that is 0 or 1,
 * {@code relu(x - low - R (1 - g)) + low g} is x where the gate is open and 0 where it is shut. R is the range and {@value #SLACK} of it
 * more, so that noise in x below that passes an open gate only.
 */
public record GatedNumber(LinearForm number, double low, double high, LinearForm gate) {
    private static final double SLACK = 1e-3;

    /** What {@link #unit} leaves to be added. */
    public LinearForm rest() {
        return gate.times(low);
    }

    /** The unit, which writes the gated number less {@link #rest}, times {@code output}. */
    public UnitGroup unit(LinearForm output, PartOrigin origin) {
        return new UnitGroup(new Construction.Plain(), ImmutableList.of(hidden(output, origin)), origin);
    }

    /** The same unit, for a group of several. From {@code low} 0 on the gate may also be below 0 where it is shut. */
    public HiddenUnit hidden(LinearForm output, PartOrigin origin) {
        double reach = (high - low) * (1 + SLACK) + SLACK;
        LinearForm input = number.plus(gate.times(reach)).minus(LinearForm.constant(low + reach));
        return new HiddenUnit(input, output, origin);
    }
}
