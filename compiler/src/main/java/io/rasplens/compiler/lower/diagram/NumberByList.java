package io.rasplens.compiler.lower.diagram;

import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;
import java.util.Optional;

/** A number as a decision list. */
public final class NumberByList implements Rule<SOp, Signal> {
    private final Facts facts;
    private final CircuitWriter writer;
    private final DecisionLists lists;

    public NumberByList(Facts facts, CircuitWriter writer, DecisionLists lists) {
        this.facts = facts;
        this.writer = writer;
        this.lists = lists;
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        return facts.inference().values(sop).isNumeric()
                ? lists.of(sop)
                        .map(list -> Offer.of(
                                Technique.CONJUNCTIONS, Cost.ofUnits(lists.units(list)), () -> write(sop, list)))
                : Optional.empty();
    }

    private Signal write(SOp sop, DecisionList list) {
        Direction direction = Direction.number(writer.feature(sop));
        Stage stage = lists.write(sop, list, value -> LinearForm.of(direction, Values.asNumber(value)));
        double start = lists.constant(list.otherwise()).map(Values::asNumber).orElse(0.0);
        return new Signal(LinearForm.of(direction).plus(LinearForm.constant(start)), stage);
    }
}
