package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.HeadKind.Keys;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Copies the sequence's one-hot; where nothing is selected, if that can be, the fallback's direction is left at 1. */
final class CopiedOneHot implements Rule<SOp.Aggregate, OneHot> {
    private final Facts facts;
    private final Readings readings;
    private final CircuitWriter writer;
    private final Copying copying;
    private final SelectorHeads heads;

    CopiedOneHot(Facts facts, Readings readings, CircuitWriter writer, Copying copying, SelectorHeads heads) {
        this.facts = facts;
        this.readings = readings;
        this.writer = writer;
        this.copying = copying;
        this.heads = heads;
    }

    @Override
    public Optional<Offer<OneHot>> offer(SOp.Aggregate node) {
        return copying.selected(node) == Keys.ANY
                ? Optional.empty()
                : Optional.of(Offer.of(Technique.COPY, Cost.ofHeads(1), () -> write(node)));
    }

    private OneHot write(SOp.Aggregate node) {
        OneHot sequence = readings.oneHot(node.sequence());
        Feature feature = writer.oneHotFeature(node);
        boolean canBeEmpty = !facts.inference().neverEmpty(node.selector());
        LinearForm fallback = canBeEmpty ? LinearForm.of(Direction.oneHot(feature, node.fallback())) : LinearForm.ZERO;
        List<ValueTerm> values = new ArrayList<>();
        Set<Value> all = new LinkedHashSet<>(sequence.forms().keySet());
        for (Value value : all) {
            LinearForm output = LinearForm.of(Direction.oneHot(feature, value)).minus(fallback);
            if (!output.isZero()) {
                values.add(new ValueTerm(sequence.form(value), output));
            }
        }
        if (canBeEmpty) {
            all.add(node.fallback());
        }
        Stage stage = heads.select(
                node, copying.selected(node), ImmutableList.copyOf(values), sequence.stage(), Technique.COPY);
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        for (Value value : all) {
            LinearForm form = LinearForm.of(Direction.oneHot(feature, value));
            forms.put(value, canBeEmpty && value.equals(node.fallback()) ? form.plus(LinearForm.constant(1)) : form);
        }
        return new OneHot(forms.buildOrThrow(), stage);
    }
}
