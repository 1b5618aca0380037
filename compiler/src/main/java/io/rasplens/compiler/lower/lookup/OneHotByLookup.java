package io.rasplens.compiler.lower.lookup;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A constant, or the values of a one-hot variable gathered by what the function makes of them: no unit. */
public final class OneHotByLookup implements Rule<SOp, OneHot> {
    private final Facts facts;
    private final Readings readings;
    private final VariableReadings variables;

    public OneHotByLookup(Facts facts, Readings readings, VariableReadings variables) {
        this.facts = facts;
        this.readings = readings;
        this.variables = variables;
    }

    @Override
    public Optional<Offer<OneHot>> offer(SOp sop) {
        return facts.table(sop)
                .filter(table -> readings.isOneHotFree(sop))
                .map(table -> Offer.of(Technique.READ, Cost.NOTHING, () -> write(table)));
    }

    private OneHot write(JointTable table) {
        return table.variables().isEmpty()
                ? new OneHot(ImmutableMap.of(table.values().get(0), LinearForm.constant(1)), Stage.EMBEDDING)
                : gathered(table, variables.oneHot(table.variables().get(0)));
    }

    private static OneHot gathered(JointTable table, OneHot base) {
        var gathered = new LinkedHashMap<Value, List<LinearForm>>();
        ImmutableList<Value> domain = table.variables().get(0).domain();
        for (int cell = 0; cell < domain.size(); cell++) {
            LinearForm form = base.form(domain.get(cell));
            table.value(cell)
                    .ifPresent(value -> gathered.computeIfAbsent(value, v -> new ArrayList<>())
                            .add(form));
        }
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        gathered.forEach((value, parts) -> forms.put(value, LinearForm.sum(parts)));
        return new OneHot(forms.buildOrThrow(), base.stage());
    }
}
