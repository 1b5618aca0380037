package io.rasplens.compiler.lower.piecewise;

import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/** A number that is rounded though it is whole already is read for itself. */
public final class WholeNumber implements Rule<SOp, Signal> {
    private final Facts facts;
    private final Readings readings;

    public WholeNumber(Facts facts, Readings readings) {
        this.facts = facts;
        this.readings = readings;
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        return facts.whole(sop).map(whole -> Offer.of(Technique.READ, Cost.NOTHING, () -> readings.number(whole)));
    }
}
