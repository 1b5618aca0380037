package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.gadget.Ramps;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.NumberRange;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes kept s-ops into directions of their own, that nothing else is written to: whatever reads such an s-op reads it there. A
 * number is copied by one hidden unit, {@code relu(x - low)}; few whole numbers, and each value of anything else, by steps, two units
 * each, that stop noise. What is known of a single token or position stands in the embedding.
 */
final class KeptReadings {
    /** Whole numbers that are copied by steps, two units each; of more, the number is copied as it is. */
    private static final int MOST_STEPS = 64;

    private final Facts facts;
    private final Readings readings;
    private final CircuitWriter writer;

    KeptReadings(Facts facts, Readings readings, CircuitWriter writer) {
        this.facts = facts;
        this.readings = readings;
        this.writer = writer;
    }

    Signal number(SOp sop) {
        if (!facts.isNumber(sop)) {
            OneHot oneHot = readings.oneHot(sop);
            return new Signal(oneHot.number(), oneHot.stage());
        }
        Optional<JointTable> embedded = embedded(sop);
        if (embedded.isPresent()) {
            Direction direction = writer.freshNumber(sop);
            embed(embedded.get(), (value, write) -> write.at(direction, Values.asNumber(value)));
            return new Signal(LinearForm.of(direction), Stage.EMBEDDING);
        }
        Signal number = readings.number(argument(sop));
        ImmutableList<Construction.Step> steps = steps(sop, LinearForm.ZERO);
        if (!steps.isEmpty()) {
            writer.requireUnits(sop, 2 * steps.size());
            double least = Values.asNumber(facts.values(sop).get(0));
            return writer.number(
                            sop,
                            number.stage(),
                            out -> Steps.of(
                                    new Construction.Staircase(
                                            number.form(),
                                            least,
                                            steps.get(steps.size() - 1).right(),
                                            steps(sop, out)),
                                    origin(sop)))
                    .plus(Signal.constant(least));
        }
        NumberRange range = facts.range(sop);
        double low = range.low();
        double high = range.high() > low ? range.high() : low + 1;
        writer.requireUnits(sop, 1);
        return writer.number(
                        sop,
                        number.stage(),
                        out -> Ramps.of(
                                number.form(), new double[] {low, high}, new double[] {low, high}, out, origin(sop)))
                .plus(Signal.constant(low));
    }

    /** From each whole number to the next greater, where there are few: so noise does not add up from one kept s-op to the next. */
    private ImmutableList<Construction.Step> steps(SOp sop, LinearForm out) {
        if (!(facts.inference().values(sop) instanceof ValueSet.Finite finite)
                || !finite.exact()
                || finite.values().size() > MOST_STEPS
                || !finite.values().stream().allMatch(IntValue.class::isInstance)) {
            return ImmutableList.of();
        }
        ImmutableList.Builder<Construction.Step> steps = ImmutableList.builder();
        for (int i = 1; i < finite.values().size(); i++) {
            double left = Values.asNumber(finite.values().get(i - 1));
            double right = Values.asNumber(finite.values().get(i));
            steps.add(new Construction.Step(left, right, out.times(right - left)));
        }
        return steps.build();
    }

    OneHot oneHot(SOp sop) {
        Feature feature = writer.oneHotFeature(sop);
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        Optional<JointTable> embedded = embedded(sop);
        if (embedded.isPresent()) {
            facts.values(sop).forEach(value -> forms.put(value, LinearForm.of(Direction.oneHot(feature, value))));
            embed(embedded.get(), (value, write) -> write.at(Direction.oneHot(feature, value), 1));
            return new OneHot(forms.buildOrThrow(), Stage.EMBEDDING);
        }
        OneHot oneHot = readings.oneHot(argument(sop));
        int block = oneHot.stage().mlp();
        writer.requireDepth(sop, block);
        writer.requireUnits(sop, 2 * oneHot.forms().size());
        oneHot.forms().forEach((value, form) -> {
            LinearForm out = LinearForm.of(Direction.oneHot(feature, value));
            var step = new Construction.Staircase(form, 0, 1, ImmutableList.of(new Construction.Step(0, 1, out)));
            UnitGroup units = Steps.of(step, origin(sop));
            writer.units(block, units);
            forms.put(value, out);
        });
        return new OneHot(forms.buildOrThrow(), Stage.afterMlp(block));
    }

    private static SOp argument(SOp sop) {
        return ((SOp.Elementwise) sop).arguments().get(0);
    }

    private PartOrigin origin(SOp sop) {
        String name = facts.name(sop);
        return PartOrigin.of(sop.id(), name, "holds " + name + ", which is kept", facts.source(sop));
    }

    /** The s-op as a function of the token alone or the position alone. */
    private Optional<JointTable> embedded(SOp sop) {
        return facts.table(argument(sop))
                .filter(table -> table.variables().size() == 1
                        && (table.variables().get(0) instanceof Variable.Input
                                || table.variables().get(0) instanceof Variable.Index));
    }

    /** Writes to a direction for the token or position at hand. */
    private interface Write {
        void at(Direction direction, double number);
    }

    private interface ValueWriter {
        void of(Value value, Write write);
    }

    private void embed(JointTable table, ValueWriter cell) {
        Variable variable = table.variables().get(0);
        List<Value> domain = new ArrayList<>(variable.domain());
        for (int i = 0; i < domain.size(); i++) {
            int at = i;
            Write write = variable instanceof Variable.Input
                    ? (direction, number) -> writer.embedToken(direction, domain.get(at), number)
                    : (direction, number) -> writer.embedPosition(direction, at, number);
            table.value(i).ifPresent(value -> cell.of(value, write));
        }
    }
}
