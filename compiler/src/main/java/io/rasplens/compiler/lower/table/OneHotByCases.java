package io.rasplens.compiler.lower.table;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/** A one-hot by cases of what it is computed from, where those can be listed. */
public final class OneHotByCases implements Rule<SOp, OneHot> {
    private final Plans plans;
    private final Policy policy;
    private final EmitCases emit;

    public OneHotByCases(Plans plans, Policy policy, EmitCases emit) {
        this.policy = policy;
        this.plans = plans;
        this.emit = emit;
    }

    @Override
    public Optional<Offer<OneHot>> offer(SOp sop) {
        return plans.isOffered(sop) && plans.isGood(sop, Purpose.VALUES, policy)
                ? Optional.of(cases(sop))
                : Optional.empty();
    }

    /** The same for what nothing else is offered for, however many units it takes and however they round. */
    public Optional<Offer<OneHot>> offerAnyhow(SOp sop) {
        return plans.isOffered(sop) ? Optional.of(cases(sop)) : Optional.empty();
    }

    private Offer<OneHot> cases(SOp sop) {
        return new Offer<>(
                Technique.CASES,
                () -> Cost.ofUnits(plans.best(sop, Purpose.VALUES).units()),
                ImmutableList.of(),
                () -> emit.oneHot(sop, plans.best(sop, Purpose.VALUES)));
    }
}
