package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.lower.table.Purpose;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import java.util.TreeSet;

/** A one-hot as sums of conjunctions of what it is computed from. */
public final class OneHotByConjunctions implements Rule<SOp, OneHot> {
    private final CircuitWriter writer;
    private final ConjunctionPlans plans;
    private final EmitConjunctions emit;

    public OneHotByConjunctions(Facts facts, CircuitWriter writer, VariableReadings variables, ConjunctionPlans plans) {
        this.writer = writer;
        this.plans = plans;
        this.emit = new EmitConjunctions(facts, writer, variables);
    }

    @Override
    public Optional<Offer<OneHot>> offer(SOp sop) {
        return plans.of(sop, Purpose.VALUES)
                .map(plan -> Offer.of(Technique.CONJUNCTIONS, Cost.ofUnits(plan.units()), () -> write(sop, plan)));
    }

    /** One direction per value; the plain one's is read with 1 added, and is left at -1 where another value takes over. */
    private OneHot write(SOp sop, ConjunctionPlan plan) {
        Feature feature = writer.oneHotFeature(sop);
        Stage stage = emit.write(
                sop,
                plan,
                leaf -> LinearForm.of(Direction.oneHot(feature, plan.diagrams().value(leaf))));
        var taken = new TreeSet<Integer>();
        taken.add(plan.plain());
        plan.conjunctions()
                .forEach(conjunction -> taken.addAll(conjunction.writes().keySet()));
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        for (int leaf : taken) {
            Value value = plan.diagrams().value(leaf);
            LinearForm form = LinearForm.of(Direction.oneHot(feature, value));
            forms.put(value, leaf == plan.plain() ? form.plus(LinearForm.constant(1)) : form);
        }
        return new OneHot(forms.buildOrThrow(), stage);
    }
}
