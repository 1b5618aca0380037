package io.rasplens.compiler.lower.attention;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.infer.NumberRange;
import io.rasplens.compiler.infer.refusal.DescribeNode;
import io.rasplens.compiler.lower.facts.Alike;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Choice;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Precision;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one-hot of an aggregate that may take means and may also give strings or bools: by its default, by a sequence of one kind on
 * some inputs and another on others, or by bools among numbers.
 *
 * <p>Heads take the mean of a code: a number is its own code, the j-th string has {@code high + 1 + j}, above all numbers. A string is
 * never one of several selected (the program fails there), so its code arrives whole. A bool counts as 0 or 1 in a mean and stays a
 * bool where it alone is selected: with W keys selected, B of them bools, that is so exactly where {@code 2W - B} is 1, which two
 * steps tell; they lift its code by {@code lift}, above the strings. Steps between neighbouring codes then give the one-hot. Codes are
 * at least as far apart as the numbers are.
 */
final class MixedMean {
    private final Facts facts;
    private final Readings readings;
    private final CircuitWriter writer;
    private final Choice<Averaging, Signal> means;
    private final Choice<Summing, Signal> sums;
    private final SOp.Aggregate node;
    private final ImmutableList<Value> values;
    private final ImmutableList<Value> sequence;
    private final Map<Value, Double> codes = new LinkedHashMap<>();
    private final double lift;

    MixedMean(
            Facts facts,
            Readings readings,
            CircuitWriter writer,
            Choice<Averaging, Signal> means,
            Choice<Summing, Signal> sums,
            SOp.Aggregate node) {
        this.facts = facts;
        this.readings = readings;
        this.writer = writer;
        this.means = means;
        this.sums = sums;
        this.node = node;
        this.values = facts.values(node);
        this.sequence = facts.values(node.sequence());
        double high = values.stream()
                .filter(Value::isNumeric)
                .mapToDouble(Values::toDouble)
                .max()
                .orElse(0);
        double next = Math.floor(Math.max(high, 1)) + 1;
        for (Value value : values) {
            if (value instanceof StringValue) {
                codes.put(value, next++);
            }
        }
        this.lift = next;
        for (Value value : values) {
            if (value.isNumeric()) {
                codes.put(value, Values.toDouble(value) + (value instanceof BoolValue ? lift : 0));
            }
        }
    }

    OneHot oneHot() {
        Signal code = means.make(new Averaging(
                node, sequenceCode(), range(), code(node.fallback()), Optional.of("code of " + facts.name(node))));
        if (sequence.stream().anyMatch(BoolValue.class::isInstance)) {
            code = code.plus(onlyBool().times(lift));
        }
        List<Value> sorted =
                values.stream().sorted(Comparator.comparingDouble(this::code)).toList();
        Feature feature = writer.oneHotFeature(node);
        int block = code.stage().mlp();
        PartOrigin origin =
                facts.origin(node, Technique.MIXED_MEAN, "tells the values of " + facts.name(node) + " apart");
        var steps = new ArrayList<Step>();
        var forms = new LinkedHashMap<Value, LinearForm>();
        Value first = sorted.get(0);
        forms.put(first, LinearForm.of(Direction.oneHot(feature, first)).plus(LinearForm.constant(1)));
        Value before = first;
        double last = code(first);
        double top = code(sorted.get(sorted.size() - 1));
        double tolerance = Precision.PROMISED * Math.max(top, Math.abs(code(first)));
        var alike = new Alike(facts, node);
        for (Value value : sorted.subList(1, sorted.size())) {
            if (code(value) == code(before) || alike.are(before, value)) {
                last = code(value);
                continue;
            }
            if (code(value) - last < tolerance) {
                throw facts.refuseTooClose(
                        node,
                        "can be " + before.repr() + " or " + value.repr() + ": "
                                + DescribeNode.distance(code(value) - last, tolerance));
            }
            Direction direction = Direction.oneHot(feature, value);
            LinearForm change = LinearForm.of(direction).minus(LinearForm.of(Direction.oneHot(feature, before)));
            steps.add(new Step(last, code(value), change));
            forms.put(value, LinearForm.of(direction));
            before = value;
            last = code(value);
        }
        var staircase = new Staircase(code.form(), code(first), top, ImmutableList.copyOf(steps));
        writer.units(block, Steps.of(staircase, origin));
        return new OneHot(ImmutableMap.copyOf(forms), Stage.afterMlp(block));
    }

    private double code(Value value) {
        Double code = codes.get(value);
        // A value that can't be has no code, and needs none.
        return code == null ? Values.asNumber(value) : code;
    }

    /** The code as it is averaged: bools not lifted. */
    private double averaged(Value value) {
        return value.isNumeric() ? Values.toDouble(value) : code(value);
    }

    private Signal sequenceCode() {
        return sequence.stream().allMatch(Value::isNumeric)
                ? readings.number(node.sequence())
                : weighted(sequence.stream().mapToDouble(this::averaged).toArray());
    }

    private NumberRange range() {
        double[] all = sequence.stream().mapToDouble(this::averaged).toArray();
        return new NumberRange(
                Arrays.stream(all).min().orElseThrow(), Arrays.stream(all).max().orElseThrow());
    }

    private Signal weighted(double[] weights) {
        OneHot oneHot = readings.oneHot(node.sequence());
        var forms = new ArrayList<LinearForm>();
        for (int v = 0; v < weights.length; v++) {
            forms.add(oneHot.form(sequence.get(v)).times(weights[v]));
        }
        return new Signal(LinearForm.sum(forms), oneHot.stage());
    }

    /** 1 where one key is selected and holds a bool, else 0. */
    private Signal onlyBool() {
        Signal twoButOneForBools = weighted(sequence.stream()
                .mapToDouble(v -> v instanceof BoolValue ? 1 : 2)
                .toArray());
        Signal count = sums.make(new Summing(
                node,
                node.selector(),
                twoButOneForBools,
                Optional.of("twice the width less the bools of " + facts.name(node))));
        PartOrigin origin = facts.origin(node, Technique.MIXED_MEAN, "whether one bool is all that is selected");
        return writer.number(
                node,
                writer.featureOf(node, "whether " + facts.name(node) + " sees one bool alone"),
                count.stage(),
                out -> {
                    ImmutableList<Step> steps = ImmutableList.of(new Step(0, 1, out), new Step(1, 2, out.times(-1)));
                    double most = 2.0 * facts.target().maxLength();
                    return List.of(Steps.of(new Staircase(count.form(), 0, most, steps), origin));
                });
    }
}
