package io.rasplens.compiler.lower.piecewise;

import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/** A one-hot that changes in steps of numbers too many to list. */
public final class OneHotBySteps implements Rule<SOp, OneHot> {
    private final GridSteps steps;
    private final EmitStepped emit;

    public OneHotBySteps(GridSteps steps, EmitStepped emit) {
        this.steps = steps;
        this.emit = emit;
    }

    @Override
    public Optional<Offer<OneHot>> offer(SOp sop) {
        return steps.of(sop)
                .map(stepped -> Offer.of(
                        Technique.STEPS,
                        EmitStepped.cost(stepped),
                        EmitStepped.needs(stepped),
                        () -> emit.oneHot(sop, stepped)));
    }
}
