package io.rasplens.compiler.lower.lookup;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.gadget.Gate;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Need;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Stepped;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Marks of a total of whole numbers as the program rounds it: {@code (indices + 1) * mean} is the sum s but for an ulp, and which of the
 * floats beside s it is depends on s and on how many keys there are, that is on the position. Steps tell s; where all positions make one
 * float of it, its mark is that float's, and else a hidden unit in a block behind finds the positions that make another one.
 */
public final class OneHotOfTotal implements Rule<SOp, OneHot> {
    private final Facts facts;
    private final Readings readings;
    private final VariableReadings variables;
    private final CircuitWriter writer;

    public OneHotOfTotal(Facts facts, Readings readings, VariableReadings variables, CircuitWriter writer) {
        this.facts = facts;
        this.readings = readings;
        this.variables = variables;
        this.writer = writer;
    }

    @Override
    public Optional<Offer<OneHot>> offer(SOp sop) {
        return facts.inference().isThorough() && sop instanceof SOp.Elementwise node && !variables.isSqueezed(sop)
                ? RoundedSums.of(node, facts)
                        .map(sums -> Offer.of(
                                Technique.STEPS,
                                Cost.ofUnits(2 * sums.byPosition().size()),
                                ImmutableList.of(Need.number(sop)),
                                () -> write(node, sums)))
                : Optional.empty();
    }

    private OneHot write(SOp.Elementwise node, RoundedSums sums) {
        ImmutableDoubleArray whole =
                ImmutableDoubleArray.copyOf(sums.byPosition().keySet());
        ImmutableList.Builder<Stepped.Ends> ends = ImmutableList.builder();
        for (int s = 1; s < whole.length(); s++) {
            ends.add(new Stepped.Ends(whole.get(s - 1), whole.get(s)));
        }
        OneHot told = readings.places(new Stepped(ImmutableList.of(node), whole, ends.build()));
        OneHot positions = variables.oneHot(sums.index());
        int block = told.stage().and(positions.stage()).mlp();
        writer.requireDepth(node, block);
        Feature feature = writer.oneHotFeature(node);
        PartOrigin origin = facts.origin(node, Technique.CASES, "how " + facts.name(node) + " is rounded");
        Map<Value, LinearForm> forms = new LinkedHashMap<>();
        var units = new ArrayList<HiddenUnit>();
        sums.byPosition().forEach((sum, floats) -> {
            LinearForm rest = told.form(Value.of(sum));
            Value usual = usual(floats);
            for (Map.Entry<Value, ImmutableList<Value>> other : floats.entrySet()) {
                if (!other.getKey().equals(usual)) {
                    LinearForm there = LinearForm.sum(
                            other.getValue().stream().map(positions::form).toList());
                    LinearForm mark = LinearForm.of(Direction.oneHot(feature, other.getKey()));
                    units.add(new HiddenUnit(
                            Gate.of(List.of(told.form(Value.of(sum)), there)).open(), mark, origin));
                    forms.put(other.getKey(), mark);
                    rest = rest.minus(mark);
                }
            }
            forms.put(usual, rest);
        });
        if (units.isEmpty()) {
            return new OneHot(ImmutableMap.copyOf(forms), told.stage());
        }
        writer.requireUnits(node, units.size());
        writer.units(block, new UnitGroup(new Construction.Cases(), ImmutableList.copyOf(units), origin));
        return new OneHot(ImmutableMap.copyOf(forms), Stage.afterMlp(block));
    }

    /** The float that most positions make of a sum. */
    private static Value usual(ImmutableMap<Value, ImmutableList<Value>> floats) {
        Value usual = floats.keySet().iterator().next();
        for (Map.Entry<Value, ImmutableList<Value>> each : floats.entrySet()) {
            usual = each.getValue().size()
                            > floats.getOrDefault(usual, ImmutableList.of()).size()
                    ? each.getKey()
                    : usual;
        }
        return usual;
    }
}
