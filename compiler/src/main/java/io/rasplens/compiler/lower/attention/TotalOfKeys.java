package io.rasplens.compiler.lower.attention;

import io.rasplens.compiler.infer.Total;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Choice;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/** A mean times how many keys it was taken over: the sum of what is selected; see {@link Total}. */
final class TotalOfKeys implements Rule<SOp, Signal> {
    private final Facts facts;
    private final Readings readings;
    private final Counters counters;
    private final Choice<Summing, Signal> sums;

    TotalOfKeys(Facts facts, Readings readings, Counters counters, Choice<Summing, Signal> sums) {
        this.counters = counters;
        this.facts = facts;
        this.readings = readings;
        this.sums = sums;
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        return facts.total(sop)
                .filter(total -> !counters.isSqueezed(sop))
                .map(total -> Offer.of(Technique.TOTAL, Cost.ofHeads(1), () -> write(sop, total)));
    }

    private Signal write(SOp sop, Total total) {
        SOp.Aggregate mean = total.mean();
        return sums.make(new Summing(sop, mean.selector(), readings.number(mean.sequence())));
    }
}
