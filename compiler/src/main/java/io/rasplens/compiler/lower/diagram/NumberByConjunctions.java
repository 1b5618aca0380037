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
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.lower.table.Purpose;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Values;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** A number as a sum of conjunctions of what it is computed from. */
public final class NumberByConjunctions implements Rule<SOp, Signal> {
    private final Facts facts;
    private final CircuitWriter writer;
    private final ConjunctionPlans plans;
    private final EmitConjunctions emit;

    public NumberByConjunctions(Facts facts, CircuitWriter writer, VariableReadings variables, ConjunctionPlans plans) {
        this.facts = facts;
        this.writer = writer;
        this.plans = plans;
        this.emit = new EmitConjunctions(facts, writer, variables);
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        return facts.inference().values(sop).isNumeric()
                ? plans.of(sop, Purpose.NUMBER)
                        .map(plan ->
                                Offer.of(Technique.CONJUNCTIONS, Cost.ofUnits(plan.units()), () -> write(sop, plan)))
                : Optional.empty();
    }

    private Signal write(SOp sop, ConjunctionPlan plan) {
        Direction direction = Direction.number(writer.feature(sop));
        ToDoubleFunction<Integer> number =
                leaf -> Values.asNumber(plan.diagrams().value(leaf));
        Stage stage = emit.write(sop, plan, leaf -> LinearForm.of(direction, number.applyAsDouble(leaf)));
        return new Signal(
                LinearForm.of(direction).plus(LinearForm.constant(number.applyAsDouble(plan.plain()))), stage);
    }
}
