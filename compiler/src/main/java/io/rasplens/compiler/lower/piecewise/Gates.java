package io.rasplens.compiler.lower.piecewise;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.gadget.GatedNumber;
import io.rasplens.compiler.infer.NumberRange;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.Cost;
import io.rasplens.compiler.lower.offer.Need;
import io.rasplens.compiler.lower.offer.Offer;
import io.rasplens.compiler.lower.offer.Rule;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Readings;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Numbers that are chosen between or multiplied by something that can be listed, let through gates: they need not be listed themselves. */
public final class Gates implements Rule<SOp, Signal> {
    /** One hidden unit each. */
    private static final int MAX_GATES = 1 << 10;

    private final Facts facts;
    private final Readings readings;
    private final CircuitWriter writer;

    public Gates(Facts facts, Readings readings, CircuitWriter writer) {
        this.facts = facts;
        this.readings = readings;
        this.writer = writer;
    }

    @Override
    public Optional<Offer<Signal>> offer(SOp sop) {
        return of(sop).map(gated ->
                Offer.of(Technique.GATES, Cost.ofUnits(gated.units()), gated.needs(), () -> write(sop, gated)));
    }

    /**
     * Numbers behind gates: {@code factor · (number - minus) + minus}, the factor being told by another s-op's value.
     *
     * @param minus nothing for 0
     * @param by whose value tells the factor
     * @param factors for which values it is what
     */
    record Gated(SOp number, Optional<SOp> minus, SOp by, ImmutableMap<Double, ImmutableList<Value>> factors) {
        /**
         * The factor that needs no gate: the one in the middle, from which the others are as little away as can be. What all gates could let
         * through at once bounds what is rounded.
         */
        double plain() {
            double[] sorted =
                    factors.keySet().stream().mapToDouble(x -> x).sorted().toArray();
            return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        }

        /** One for each factor but that one. */
        int units() {
            return Math.max(0, factors.size() - 1);
        }

        ImmutableList<Need> needs() {
            ImmutableList.Builder<Need> needs = ImmutableList.builder();
            needs.add(Need.oneHot(by), Need.number(number));
            minus.ifPresent(other -> needs.add(Need.number(other)));
            return needs.build();
        }
    }

    /** A choice between numbers, or a product or quotient, by something that can be listed; nothing for any other function. */
    Optional<Gated> of(SOp sop) {
        if (!(sop instanceof SOp.Elementwise node)) {
            return Optional.empty();
        }
        ImmutableList<SOp> arguments = node.arguments();
        if (node.operator() instanceof Operator.Conditional) {
            return gated(
                    arguments.get(1), Optional.of(arguments.get(2)), arguments.get(0), v -> v.isTrue() ? 1.0 : 0.0);
        }
        if (!(node.operator() instanceof Operator.Binary binary)) {
            return Optional.empty();
        }
        SOp first = arguments.get(0);
        SOp second = arguments.get(1);
        return switch (binary.kind()) {
            case TIMES -> product(second, first, Values::toDouble).or(() -> product(first, second, Values::toDouble));
            case DIVIDE -> product(first, second, value -> 1 / Values.toDouble(value));
            default -> Optional.empty();
        };
    }

    private Optional<Gated> product(SOp number, SOp by, ToDoubleFunction<Value> factor) {
        return facts.inference().values(by).isNumeric()
                ? gated(number, Optional.empty(), by, factor)
                : Optional.empty();
    }

    private Optional<Gated> gated(SOp number, Optional<SOp> minus, SOp by, ToDoubleFunction<Value> factor) {
        if (!(facts.inference().values(by) instanceof ValueSet.Finite finite)
                || finite.values().size() > MAX_GATES
                || !facts.isNumber(number)
                || !minus.map(facts::isNumber).orElse(true)) {
            return Optional.empty();
        }
        Map<Double, List<Value>> groups = new LinkedHashMap<>();
        for (Value value : finite.values()) {
            double key = factor.applyAsDouble(value);
            // Division by 0 fails: there the program has no answer.
            if (Double.isFinite(key)) {
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
            }
        }
        return Optional.of(
                new Gated(number, minus, by, ImmutableMap.copyOf(Maps.transformValues(groups, ImmutableList::copyOf))));
    }

    private Signal write(SOp node, Gated gated) {
        Signal number = readings.number(gated.number());
        NumberRange range = facts.range(gated.number());
        if (gated.minus().isEmpty()) {
            return gates(node, number, range, gated);
        }
        Signal minus = readings.number(gated.minus().get());
        NumberRange difference = range.minus(facts.range(gated.minus().get()));
        return minus.plus(gates(node, number.plus(minus.times(-1)), difference, gated));
    }

    private record WeightedGate(GatedNumber gate, double factor) {}

    private Signal gates(SOp node, Signal number, NumberRange range, Gated gated) {
        double plain = gated.plain();
        if (gated.units() == 0) {
            return number.times(plain);
        }
        OneHot oneHot = readings.oneHot(gated.by());
        PartOrigin origin = facts.origin(node, Technique.GATES, "gate of " + facts.name(node));
        var gates = new ArrayList<WeightedGate>();
        for (Map.Entry<Double, ImmutableList<Value>> entry : gated.factors().entrySet()) {
            double more = entry.getKey() - plain;
            if (more != 0) {
                LinearForm gate = LinearForm.sum(
                        entry.getValue().stream().map(oneHot::form).toList());
                var passing = new GatedNumber(number.form(), range.low(), range.high(), gate);
                gates.add(new WeightedGate(passing, more));
            }
        }
        Stage stage = number.stage().and(oneHot.stage());
        Signal passed = writer.number(
                node,
                writer.feature(node),
                stage,
                out -> gates.stream()
                        .map(each -> each.gate().unit(out.times(each.factor()), origin))
                        .toList());
        Signal sum = number.times(plain).plus(passed);
        for (WeightedGate each : gates) {
            sum = sum.plus(new Signal(each.gate().rest().times(each.factor()), stage));
        }
        return sum;
    }
}
