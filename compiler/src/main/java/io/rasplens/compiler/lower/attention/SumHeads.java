package io.rasplens.compiler.lower.attention;

import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import java.util.Optional;

/** A sum in heads that give it as a number, linear in the stream: {@link io.rasplens.compiler.circuit.gadget.SumHead}. */
final class SumHeads implements Rule<Summing, Signal> {
    private final HeadTests tests;
    private final SelectorHeads heads;

    SumHeads(HeadTests tests, SelectorHeads heads) {
        this.tests = tests;
        this.heads = heads;
    }

    @Override
    public Optional<Offer<Signal>> offer(Summing sum) {
        Technique technique = sum.isCount() ? Technique.COUNT : Technique.TOTAL;
        Cost cost = Cost.ofHeads(tests.of(sum.node(), sum.selector(), Keys.ANY).size());
        return Optional.of(Offer.of(technique, cost, () -> heads.sum(sum, technique)));
    }
}
