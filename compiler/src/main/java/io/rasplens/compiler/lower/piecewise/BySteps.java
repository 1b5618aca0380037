package io.rasplens.compiler.lower.piecewise;

import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.reading.Stepped;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;
import java.util.function.BiFunction;

/** What changes in steps of numbers too many to list: as a number, or as a one-hot. */
public final class BySteps<R> implements Rule<SOp, R> {
    private final GridSteps steps;
    private final BiFunction<SOp, Stepped, R> emit;

    private BySteps(GridSteps steps, BiFunction<SOp, Stepped, R> emit) {
        this.steps = steps;
        this.emit = emit;
    }

    public static BySteps<Signal> number(GridSteps steps, EmitStepped emit) {
        return new BySteps<>(steps, emit::number);
    }

    public static BySteps<OneHot> oneHot(GridSteps steps, EmitStepped emit) {
        return new BySteps<>(steps, emit::oneHot);
    }

    @Override
    public Optional<Offer<R>> offer(SOp sop) {
        return steps.of(sop)
                .map(stepped -> Offer.of(
                        Technique.STEPS,
                        EmitStepped.cost(stepped),
                        EmitStepped.needs(stepped),
                        () -> emit.apply(sop, stepped)));
    }
}
