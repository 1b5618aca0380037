package io.rasplens.compiler.lower.lookup;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.gadget.Gate;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Need;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.EqualValues;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code a if c else b} of two one-hots, one hidden unit for each value of each: {@code [a if c else b == v]} is
 * {@code relu([a == v] + [c] - 1) + relu([b == v] - [c])}. It takes a block of its own, but neither a table nor a diagram of how a and b go
 * together, of which there may be too many.
 */
public final class OneHotOfChoice implements Rule<SOp, OneHot> {
    private final Facts facts;
    private final Readings readings;
    private final CircuitWriter writer;

    public OneHotOfChoice(Facts facts, Readings readings, CircuitWriter writer) {
        this.facts = facts;
        this.readings = readings;
        this.writer = writer;
    }

    @Override
    public Optional<Offer<OneHot>> offer(SOp sop) {
        if (!(sop instanceof SOp.Elementwise node)
                || !(node.operator() instanceof Operator.Conditional)
                || !node.arguments().stream().allMatch(facts.inference()::isListed)) {
            return Optional.empty();
        }
        ImmutableList<Need> needs =
                node.arguments().stream().map(Need::oneHot).collect(ImmutableList.toImmutableList());
        int units = values(node.arguments().get(1)).size()
                + values(node.arguments().get(2)).size();
        return Optional.of(Offer.of(Technique.CASES, Cost.ofUnits(units), needs, () -> write(node)));
    }

    private ImmutableList<Value> values(SOp sop) {
        return ((ValueSet.Finite) facts.inference().values(sop)).values();
    }

    private OneHot write(SOp.Elementwise node) {
        SOp condition = node.arguments().get(0);
        OneHot asked = readings.oneHot(condition);
        LinearForm holds = asked.asCondition(values(condition), true);
        OneHot then = readings.oneHot(node.arguments().get(1));
        OneHot otherwise = readings.oneHot(node.arguments().get(2));
        int block = asked.stage().and(then.stage()).and(otherwise.stage()).mlp();
        writer.requireDepth(node, block);
        writer.requireUnits(node, then.forms().size() + otherwise.forms().size());
        Feature feature = writer.oneHotFeature(node);
        PartOrigin origin = facts.origin(node, Technique.CASES, "step of " + facts.name(node));
        var all = new ArrayList<>(then.forms().keySet());
        all.addAll(otherwise.forms().keySet());
        UnaryOperator<Value> same = EqualValues.first(all);
        var forms = new LinkedHashMap<Value, LinearForm>();
        ImmutableList.Builder<HiddenUnit> units = ImmutableList.builder();
        add(then, holds, feature, same, origin, units, forms);
        add(otherwise, LinearForm.constant(1).minus(holds), feature, same, origin, units, forms);
        writer.units(block, new UnitGroup(new Construction.Cases(), units.build(), origin));
        return new OneHot(ImmutableMap.copyOf(forms), Stage.afterMlp(block));
    }

    private static void add(
            OneHot from,
            LinearForm where,
            Feature feature,
            UnaryOperator<Value> same,
            PartOrigin origin,
            ImmutableList.Builder<HiddenUnit> units,
            Map<Value, LinearForm> forms) {
        from.forms().forEach((value, form) -> {
            Value as = same.apply(value);
            LinearForm out = LinearForm.of(Direction.oneHot(feature, as));
            units.add(new HiddenUnit(Gate.of(List.of(form, where)).open(), out, origin));
            forms.put(as, out);
        });
    }
}
