package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;

/** Writes the hidden units of {@link Stepped} numbers into the stream: two for each step. */
final class EmitStepped {
    private final Lowerer lowerer;
    private final Map<Stepped, OneHot> places = new HashMap<>();

    EmitStepped(Lowerer lowerer) {
        this.lowerer = lowerer;
    }

    /** The steps as a number. */
    Signal number(SOp node, Stepped stepped) {
        Direction out = Direction.number(lowerer.feature(node));
        double start = stepped.levels().get(0);
        int stage = write(
                node, stepped, level -> LinearForm.of(out, stepped.levels().get(level)));
        return new Signal(LinearForm.of(out).plus(LinearForm.constant(start)), stage);
    }

    /** The steps of a listed s-op as a one-hot. */
    OneHot oneHot(SOp node, Stepped stepped) {
        Map<Double, Value> values = new HashMap<>();
        lowerer.values(node).forEach(value -> values.put(Lowerer.asNumber(value), value));
        return oneHot(node, stepped, level -> Objects.requireNonNull(values.get(level)));
    }

    /** The places of a number as a one-hot of {@link Stepped#values}. */
    OneHot oneHot(Stepped among) {
        SOp node = among.of().get(0);
        return places.computeIfAbsent(among, steps -> oneHot(node, steps, Value::of));
    }

    /** The first value's direction starts at 1. */
    private OneHot oneHot(SOp node, Stepped stepped, DoubleFunction<Value> value) {
        Feature feature = lowerer.feature(node);
        List<Value> byLevel = stepped.levels().stream().mapToObj(value).toList();
        int stage = write(node, stepped, level -> LinearForm.of(Direction.oneHot(feature, byLevel.get(level))));
        var forms = new LinkedHashMap<Value, LinearForm>();
        byLevel.forEach(v -> forms.put(v, LinearForm.of(Direction.oneHot(feature, v))));
        forms.merge(byLevel.get(0), LinearForm.constant(1), LinearForm::plus);
        return new OneHot(ImmutableMap.copyOf(forms), stage);
    }

    /**
     * Writes the value less that on the left.
     *
     * @param writes what a level puts into the stream
     * @return the stage from which on it can be read
     */
    private int write(SOp node, Stepped stepped, IntFunction<LinearForm> writes) {
        Signal number = lowerer.functions().number(stepped.of().get(0));
        double[] range = lowerer.range(stepped.of().get(0));
        double low = range[0];
        double high = range[1];
        if (stepped.of().size() > 1) {
            SOp subtracted = stepped.of().get(1);
            number = number.plus(lowerer.functions().number(subtracted).times(-1));
            low -= lowerer.range(subtracted)[1];
            high -= lowerer.range(subtracted)[0];
        }
        int block = number.stage() / 2;
        lowerer.requireDepth(node, block);
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        for (int k = 0; k < stepped.ends().size(); k++) {
            Stepped.Ends ends = stepped.ends().get(k);
            steps.add(new Step(ends.left(), ends.right(), writes.apply(k + 1).minus(writes.apply(k))));
            low = Math.min(low, ends.left());
            high = Math.max(high, ends.right());
        }
        PartOrigin origin = lowerer.origin(node, "step of " + lowerer.name(node));
        lowerer.stream().units(block, Steps.of(new Staircase(number.form(), low, high, steps.build()), origin));
        return 2 * block + 2;
    }
}
