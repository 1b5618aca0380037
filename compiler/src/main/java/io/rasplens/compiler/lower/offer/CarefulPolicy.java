package io.rasplens.compiler.lower.offer;

import io.rasplens.compiler.model.Technique;

/**
 * Another policy, but that digits go before blocks: where steps would round too much, a function is computed in a later block from numbers
 * that were told apart before.
 */
public record CarefulPolicy(Policy other) implements Policy {
    @Override
    public boolean allows(Technique technique) {
        return other.allows(technique);
    }

    @Override
    public boolean squeezesCounts() {
        return other.squeezesCounts();
    }

    @Override
    public boolean weighsAlternatives() {
        return other.weighsAlternatives();
    }

    @Override
    public boolean takesRoundedCases() {
        return false;
    }

    @Override
    public double price(Technique technique, Cost cost) {
        return other.price(technique, cost);
    }

    @Override
    public double bargain() {
        return other.bargain();
    }
}
