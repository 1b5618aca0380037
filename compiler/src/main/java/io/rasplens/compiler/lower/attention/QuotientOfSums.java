package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.gadget.Quotient;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/** The mean where the selector takes several heads: sum and width in one number, and a division behind them. */
final class QuotientOfSums implements Rule<Averaging, Signal> {
    /** Breaks of the quotient for each width. */
    private static final int UNITS_PER_WIDTH = 2;

    private final Facts facts;
    private final CircuitWriter writer;
    private final SelectorHeads heads;

    QuotientOfSums(Facts facts, CircuitWriter writer, SelectorHeads heads) {
        this.facts = facts;
        this.writer = writer;
        this.heads = heads;
    }

    @Override
    public Optional<Offer<Signal>> offer(Averaging mean) {
        int most = facts.target().maxLength();
        return Optional.of(Offer.of(Technique.QUOTIENT, Cost.ofUnits(UNITS_PER_WIDTH * most), () -> write(mean, most)));
    }

    private Signal write(Averaging mean, int most) {
        SOp.Aggregate node = mean.node();
        var quotient = Quotient.of(mean.range().low(), mean.range().high(), most);
        Signal raised = mean.value().plus(Signal.constant(quotient.raise()));
        String words = "sum of what " + facts.name(node) + " averages, raised by "
                + Value.of(quotient.raise()).repr();
        Signal number = heads.sum(new Summing(node, node.selector(), raised, Optional.of(words)), Technique.QUOTIENT);
        PartOrigin origin = facts.origin(node, Technique.QUOTIENT, "divides the sum by the width");
        Feature feature = mean.words().map(own -> writer.featureOf(node, own)).orElseGet(() -> writer.feature(node));
        return writer.number(
                        node,
                        feature,
                        number.stage(),
                        out -> ImmutableList.of(quotient.units(number.form(), mean.fallback(), out, origin)))
                .plus(Signal.constant(quotient.offset()));
    }
}
