package io.rasplens.compiler.lower.attention;

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
        Signal number = heads.sum(new Summing(node, node.selector(), raised), Technique.QUOTIENT);
        PartOrigin origin = facts.origin(node, Technique.QUOTIENT, "divides the sum by the width");
        return writer.number(node, number.stage(), out -> quotient.units(number.form(), mean.fallback(), out, origin))
                .plus(Signal.constant(quotient.offset()));
    }
}
