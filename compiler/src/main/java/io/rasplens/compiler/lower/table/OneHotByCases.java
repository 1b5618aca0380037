package io.rasplens.compiler.lower.table;

import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/** A one-hot by cases of what it is computed from, where those can be listed. */
public final class OneHotByCases implements Rule<SOp, OneHot> {
    private final Plans plans;
    private final OfferCases offers;
    private final EmitCases emit;

    public OneHotByCases(Plans plans, Policy policy, EmitCases emit) {
        this.offers = new OfferCases(plans, policy, Purpose.VALUES);
        this.plans = plans;
        this.emit = emit;
    }

    @Override
    public Optional<Offer<OneHot>> offer(SOp sop) {
        return offers.good(sop, () -> write(sop));
    }

    /** The same for what nothing else is offered for, however many units it takes and however they round. */
    public Optional<Offer<OneHot>> offerAnyhow(SOp sop) {
        return offers.anyhow(sop, () -> write(sop));
    }

    private OneHot write(SOp sop) {
        return emit.oneHot(sop, plans.best(sop, Purpose.VALUES));
    }
}
