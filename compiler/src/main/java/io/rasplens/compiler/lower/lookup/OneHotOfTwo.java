package io.rasplens.compiler.lower.lookup;

import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.TwoValued;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/** A number that takes two values is a one-hot as it stands; see {@link TwoValued}. */
public final class OneHotOfTwo implements Rule<SOp, OneHot> {
    private final Facts facts;
    private final Readings readings;

    public OneHotOfTwo(Facts facts, Readings readings) {
        this.facts = facts;
        this.readings = readings;
    }

    @Override
    public Optional<Offer<OneHot>> offer(SOp sop) {
        return facts.inference().values(sop) instanceof ValueSet.Finite finite && TwoValued.isBinary(finite.values())
                ? Optional.of(Offer.of(
                        Technique.READ, Cost.NOTHING, () -> TwoValued.of(finite.values(), readings.number(sop))))
                : Optional.empty();
    }
}
