package io.rasplens.compiler.lower.piecewise;

import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/** A number that changes in steps of numbers too many to list. */
public final class NumberBySteps implements Rule<SOp, Signal> {
    private final GridSteps steps;
    private final EmitStepped emit;

    public NumberBySteps(GridSteps steps, EmitStepped emit) {
        this.steps = steps;
        this.emit = emit;
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        return steps.of(sop)
                .map(stepped -> Offer.of(
                        Technique.STEPS,
                        EmitStepped.cost(stepped),
                        EmitStepped.needs(stepped),
                        () -> emit.number(sop, stepped)));
    }
}
