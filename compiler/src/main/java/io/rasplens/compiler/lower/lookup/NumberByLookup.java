package io.rasplens.compiler.lower.lookup;

import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;
import java.util.Optional;

/** A constant, or a number that is linear in one variable as that stands in the stream: no unit. */
public final class NumberByLookup implements Rule<SOp, Signal> {
    private final Facts facts;
    private final Variables variables;

    public NumberByLookup(Facts facts, Variables variables) {
        this.facts = facts;
        this.variables = variables;
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        return facts.table(sop)
                .filter(variables::isLinear)
                .map(table -> Offer.of(Technique.READ, Cost.NOTHING, () -> write(sop, table)));
    }

    private Signal write(SOp sop, JointTable table) {
        return table.variables().isEmpty()
                ? Signal.constant(Values.asNumber(table.values().get(0)))
                : variables.linear(sop, table).orElseThrow();
    }
}
