package io.rasplens.compiler.lower.attention;

import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Choice;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/** The one-hot of an aggregate that takes means of several keys, by a code: {@link MixedMean}. */
final class MixedMeans implements Rule<SOp.Aggregate, OneHot> {
    private final Facts facts;
    private final Readings readings;
    private final CircuitWriter writer;
    private final Copying copying;
    private final Choice<Averaging, Signal> means;
    private final Choice<Summing, Signal> sums;

    MixedMeans(
            Facts facts,
            Readings readings,
            CircuitWriter writer,
            Copying copying,
            Choice<Averaging, Signal> means,
            Choice<Summing, Signal> sums) {
        this.facts = facts;
        this.readings = readings;
        this.writer = writer;
        this.copying = copying;
        this.means = means;
        this.sums = sums;
    }

    @Override
    public Optional<Offer<OneHot>> offer(SOp.Aggregate node) {
        if (copying.selected(node) != Keys.ANY) {
            return Optional.empty();
        }
        Cost steps = Cost.ofUnits(2 * (facts.values(node).size() - 1));
        return Optional.of(Offer.of(
                Technique.MIXED_MEAN, steps, () -> new MixedMean(facts, readings, writer, means, sums, node).oneHot()));
    }
}
