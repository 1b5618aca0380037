package io.rasplens.compiler.lower.table;

import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** A number by cases of what it is computed from, where those can be listed. */
public final class NumberByCases implements Rule<SOp, Signal> {
    private final CircuitWriter writer;
    private final Plans plans;
    private final OfferCases offers;
    private final EmitCases emit;

    public NumberByCases(CircuitWriter writer, Plans plans, Policy policy, EmitCases emit) {
        this.offers = new OfferCases(plans, policy, Purpose.NUMBER);
        this.writer = writer;
        this.plans = plans;
        this.emit = emit;
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        return offers.good(sop, () -> write(sop));
    }

    /** The same for what nothing else is offered for, however many units it takes and however they round. */
    public Optional<Offer<Signal>> offerAnyhow(SOp sop) {
        return offers.anyhow(sop, () -> write(sop));
    }

    private Signal write(SOp sop) {
        return write(sop, writer.feature(sop), x -> x);
    }

    /** A function of the number, by the cases that the number itself takes: steps that are shared with those. */
    public Signal write(SOp sop, Feature feature, DoubleUnaryOperator function) {
        TableCases cases = plans.best(sop, Purpose.NUMBER);
        Direction direction = Direction.number(feature);
        IntToDoubleFunction number = value ->
                function.applyAsDouble(Values.asNumber(cases.table().values().get(value)));
        EmitCases.Emitted emitted =
                emit.cases(sop, cases, value -> LinearForm.of(direction, number.applyAsDouble(value)));
        return new Signal(
                LinearForm.of(direction).plus(LinearForm.constant(number.applyAsDouble(emitted.start()))),
                emitted.stage());
    }
}
