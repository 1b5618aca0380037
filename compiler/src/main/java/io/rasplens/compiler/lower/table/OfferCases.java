package io.rasplens.compiler.lower.table;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;
import java.util.function.Supplier;

/** Offers of cases, whatever is made of them: a number, or a one-hot. */
record OfferCases(Plans plans, Policy policy, Purpose purpose) {
    /** Where they are possible and good. */
    <T> Optional<Offer<T>> good(SOp sop, Supplier<T> write) {
        return anyhow(sop, write).filter(offer -> plans.isGood(sop, purpose, policy));
    }

    /** Where they are possible, however many units they take and however they round. */
    <T> Optional<Offer<T>> anyhow(SOp sop, Supplier<T> write) {
        return plans.isOffered(sop)
                ? Optional.of(new Offer<>(
                        Technique.CASES,
                        () -> Cost.ofUnits(plans.best(sop, purpose).units()),
                        ImmutableList.of(),
                        write))
                : Optional.empty();
    }
}
