package io.rasplens.compiler.lower.offer;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes one of the offers that rules make, as a policy has it. What an offer needs should be there without hidden units of its own, as
 * those would take a block more and are not counted in its cost; where no offer is so, it is the first.
 */
public final class Choice<S, R> {
    private final Policy policy;
    private final Predicate<Need> isFree;
    private final ImmutableList<Rule<S, R>> rules;

    /**
     * A choice between what some rules offer.
     *
     * @param isFree whether something can be read without hidden units of its own
     * @param rules the likely and cheap ones first
     */
    public Choice(Policy policy, Predicate<Need> isFree, ImmutableList<Rule<S, R>> rules) {
        this.policy = policy;
        this.isFree = isFree;
        this.rules = rules;
    }

    /** The offer to take; nothing where no rule has one that the policy allows. */
    public Optional<Offer<R>> of(S subject) {
        Optional<Offer<R>> best = Optional.empty();
        Optional<Offer<R>> late = Optional.empty();
        double least = Double.POSITIVE_INFINITY;
        for (Rule<S, R> rule : rules) {
            Optional<Offer<R>> offer = rule.offer(subject).filter(o -> policy.allows(o.technique()));
            if (offer.isEmpty()) {
                continue;
            }
            if (!offer.get().needs().stream().allMatch(isFree)) {
                late = late.isPresent() ? late : offer;
                continue;
            }
            double price =
                    policy.price(offer.get().technique(), offer.get().cost().get());
            if (best.isEmpty() || price < least) {
                best = offer;
                least = price;
            }
            if (least <= policy.bargain()) {
                break;
            }
        }
        return best.isPresent() ? best : late;
    }

    /** Takes the offer and writes it; there has to be one. */
    public R make(S subject) {
        return of(subject)
                .orElseThrow(() -> new IllegalStateException("nothing is offered for " + subject))
                .write();
    }
}
