package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.Optional;

/** The mean that softmax takes by itself, where one head sees all that is selected; or the one number that is selected, by any head. */
final class MeanHead implements Rule<Averaging, Signal> {
    private final CircuitWriter writer;
    private final HeadTests tests;
    private final Copying copying;
    private final SelectorHeads heads;

    MeanHead(CircuitWriter writer, HeadTests tests, Copying copying, SelectorHeads heads) {
        this.writer = writer;
        this.tests = tests;
        this.copying = copying;
        this.heads = heads;
    }

    @Override
    public Optional<Offer<Signal>> offer(Averaging mean) {
        SOp.Aggregate node = mean.node();
        Keys selected = copying.selected(node);
        int count = tests.of(node, node.selector(), selected).size();
        if (selected == Keys.ANY && count != 1) {
            return Optional.empty();
        }
        Technique technique = selected == Keys.ANY ? Technique.MEAN : Technique.COPY;
        return Optional.of(Offer.of(technique, Cost.ofHeads(count), () -> write(mean, selected, technique)));
    }

    private Signal write(Averaging mean, Keys selected, Technique technique) {
        Direction out = Direction.number(mean.words()
                .map(words -> writer.featureOf(mean.node(), words))
                .orElseGet(() -> writer.feature(mean.node())));
        LinearForm fallback = LinearForm.constant(mean.fallback());
        var term = new ValueTerm(mean.value().form().minus(fallback), LinearForm.of(out));
        Stage stage = heads.select(
                mean.node(), selected, ImmutableList.of(term), mean.value().stage(), technique);
        return new Signal(LinearForm.of(out).plus(fallback), stage);
    }
}
