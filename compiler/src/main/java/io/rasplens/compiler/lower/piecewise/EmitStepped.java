package io.rasplens.compiler.lower.piecewise;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.infer.NumberRange;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Need;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.reading.Stepped;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.model.part.Holds;
import io.rasplens.compiler.program.Memo;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;

/** Writes the hidden units of {@link Stepped} numbers into the stream: two for each step. */
public final class EmitStepped {
    private final Facts facts;
    private final Readings readings;
    private final CircuitWriter writer;
    private final Memo<Stepped, OneHot> places = new Memo<>(this::writePlaces);

    public EmitStepped(Facts facts, Readings readings, CircuitWriter writer) {
        this.facts = facts;
        this.readings = readings;
        this.writer = writer;
    }

    /** Two units for each step. */
    static Cost cost(Stepped stepped) {
        return Cost.ofUnits(2 * stepped.ends().size());
    }

    /** The numbers whose steps they are. */
    static ImmutableList<Need> needs(Stepped stepped) {
        return stepped.of().stream().map(Need::number).collect(ImmutableList.toImmutableList());
    }

    /** The steps as a number. */
    Signal number(SOp node, Stepped stepped) {
        Direction out = writer.freshNumber(node);
        WrittenSteps written = write(
                node, stepped, level -> LinearForm.of(out, stepped.levels().get(level)));
        double start = stepped.levels().get(written.start());
        return new Signal(LinearForm.of(out).plus(LinearForm.constant(start)), written.stage());
    }

    /** The steps of a listed s-op as a one-hot. */
    OneHot oneHot(SOp node, Stepped stepped) {
        Map<Double, Value> values = new HashMap<>();
        facts.values(node).forEach(value -> values.put(Values.asNumber(value), value));
        return oneHot(node, stepped, level -> Objects.requireNonNull(values.get(level)));
    }

    /** The places of a number as a one-hot of {@link Stepped#values}. */
    public OneHot places(Stepped among) {
        return places.get(among);
    }

    private OneHot writePlaces(Stepped among) {
        SOp number = among.of().get(0);
        OneHot made = oneHot(number, among, Value::of);
        String name = facts.reference(number);
        made.forms()
                .forEach((place, form) -> writer.meanings()
                        .holds(
                                form,
                                name,
                                new Holds.Helper(
                                        name,
                                        "1 where " + name + " counts as " + place.repr()
                                                + (form.constant() == 0 ? "" : ", less 1"))));
        return made;
    }

    /** The direction of the value at 0 starts at 1. */
    private OneHot oneHot(SOp node, Stepped stepped, DoubleFunction<Value> value) {
        Feature feature = writer.oneHotFeature(node);
        List<Value> byLevel = stepped.levels().stream().mapToObj(value).toList();
        WrittenSteps written =
                write(node, stepped, level -> LinearForm.of(Direction.oneHot(feature, byLevel.get(level))));
        var forms = new LinkedHashMap<Value, LinearForm>();
        byLevel.forEach(v -> forms.put(v, LinearForm.of(Direction.oneHot(feature, v))));
        forms.merge(byLevel.get(written.start()), LinearForm.constant(1), LinearForm::plus);
        return new OneHot(ImmutableMap.copyOf(forms), written.stage());
    }

    /**
     * What was written.
     *
     * @param stage from which on it can be read
     * @param start the level that nothing was written for
     */
    private record WrittenSteps(Stage stage, int start) {}

    /**
     * Writes the value less that at which it starts.
     *
     * @param writes what a level puts into the stream
     */
    private WrittenSteps write(SOp node, Stepped stepped, IntFunction<LinearForm> writes) {
        Signal number = readings.number(stepped.of().get(0));
        NumberRange range = facts.range(stepped.of().get(0));
        if (stepped.of().size() > 1) {
            SOp subtracted = stepped.of().get(1);
            number = number.plus(readings.number(subtracted).times(-1));
            range = range.minus(facts.range(subtracted));
        }
        double low = range.low();
        double high = range.high();
        int block = number.stage().mlp();
        writer.requireDepth(node, block);
        for (Stepped.Ends ends : stepped.ends()) {
            low = Math.min(low, ends.left());
            high = Math.max(high, ends.right());
        }
        PartOrigin origin = facts.origin(node, Technique.STEPS, "step of " + facts.name(node));
        ImmutableDoubleArray left =
                ImmutableDoubleArray.copyOf(stepped.ends().stream().mapToDouble(Stepped.Ends::left));
        ImmutableDoubleArray right =
                ImmutableDoubleArray.copyOf(stepped.ends().stream().mapToDouble(Stepped.Ends::right));
        Staircase steps = Steps.fromZero(number.form(), low, high, left, right, writes);
        writer.units(block, Steps.of(steps, origin));
        return new WrittenSteps(Stage.afterMlp(block), Steps.below(number.form(), left, right));
    }
}
