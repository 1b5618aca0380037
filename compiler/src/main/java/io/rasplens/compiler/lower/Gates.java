package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.lower.gadget.GatedNumber;
import io.rasplens.compiler.model.Origin;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.space.Direction;
import io.rasplens.compiler.space.LinearForm;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Numbers that are too many to list, chosen between or multiplied by something that can be listed: let through gates. */
final class Gates {
    /** One hidden unit each. */
    private static final int MAX_GATES = 1 << 10;

    private final Lowerer lowerer;

    Gates(Lowerer lowerer) {
        this.lowerer = lowerer;
    }

    /** A choice between numbers, or a product or quotient, by something that can be listed; nothing for any other function. */
    Optional<Signal> number(SOp sop) {
        if (!(sop instanceof SOp.Elementwise node)) {
            return Optional.empty();
        }
        ImmutableList<SOp> arguments = node.arguments();
        if (node.operator() instanceof Operator.Conditional && isListed(arguments.get(0))) {
            return choice(node, arguments.get(0), arguments.get(1), arguments.get(2));
        }
        if (!(node.operator() instanceof Operator.Binary binary)) {
            return Optional.empty();
        }
        SOp first = arguments.get(0);
        SOp second = arguments.get(1);
        if (binary.kind() == BinaryKind.TIMES && isListed(first)) {
            return scaled(node, second, first, Values::toDouble);
        }
        if (binary.kind() == BinaryKind.TIMES && isListed(second)) {
            return scaled(node, first, second, Values::toDouble);
        }
        return binary.kind() == BinaryKind.DIVIDE && isListed(second)
                ? scaled(node, first, second, value -> 1 / Values.toDouble(value))
                : Optional.empty();
    }

    private boolean isListed(SOp sop) {
        return lowerer.inference().values(sop) instanceof ValueSet.Finite finite
                && finite.values().size() <= MAX_GATES;
    }

    /** {@code below} and, where the condition holds, what is missing to {@code above}. */
    private Optional<Signal> choice(SOp node, SOp condition, SOp above, SOp below) {
        if (!lowerer.isPlainNumber(above) || !lowerer.isPlainNumber(below)) {
            return Optional.empty();
        }
        Signal otherwise = lowerer.functions().number(below);
        Signal missing = lowerer.functions().number(above).plus(otherwise.times(-1));
        double[] most = lowerer.range(above);
        double[] least = lowerer.range(below);
        double[] range = {most[0] - least[1], most[1] - least[0]};
        Map<Double, List<Value>> holds = grouped(condition, value -> value.isTrue() ? 1.0 : 0.0);
        return Optional.of(otherwise.plus(gates(node, missing, range, condition, holds)));
    }

    /** The number times a factor that another s-op's value says. */
    private Optional<Signal> scaled(SOp node, SOp number, SOp by, ToDoubleFunction<Value> factor) {
        if (!lowerer.isPlainNumber(number) || !lowerer.inference().values(by).isNumeric()) {
            return Optional.empty();
        }
        Map<Double, List<Value>> factors = grouped(by, factor);
        return Optional.of(gates(node, lowerer.functions().number(number), lowerer.range(number), by, factors));
    }

    private Map<Double, List<Value>> grouped(SOp sop, ToDoubleFunction<Value> factor) {
        Map<Double, List<Value>> groups = new LinkedHashMap<>();
        for (Value value : lowerer.values(sop)) {
            double key = factor.applyAsDouble(value);
            // Division by 0 fails: there the program has no answer.
            if (Double.isFinite(key)) {
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
            }
        }
        return groups;
    }

    /** The number times a factor, one gate for each factor but the first. */
    private Signal gates(SOp node, Signal number, double[] range, SOp by, Map<Double, List<Value>> factors) {
        double plain = factors.isEmpty() ? 0 : factors.keySet().iterator().next();
        if (factors.size() <= 1) {
            return number.times(plain);
        }
        OneHot oneHot = lowerer.functions().oneHot(by);
        Direction out = Direction.number(lowerer.stream().freshName(lowerer.name(node)));
        int block = Math.max(number.stage(), oneHot.stage()) / 2;
        lowerer.requireDepth(node, block);
        Origin origin = lowerer.origin(node, "gate of " + lowerer.name(node));
        LinearForm sum = number.form().times(plain).plus(LinearForm.of(out));
        for (Map.Entry<Double, List<Value>> entry : factors.entrySet()) {
            double more = entry.getKey() - plain;
            if (more != 0) {
                LinearForm gate = LinearForm.sum(
                        entry.getValue().stream().map(oneHot::form).toList());
                var gated = new GatedNumber(number.form(), range[0], range[1], gate);
                lowerer.stream().units(block, gated.unit(LinearForm.of(out, more), origin));
                sum = sum.plus(gated.rest().times(more));
            }
        }
        return new Signal(sum, 2 * block + 2);
    }
}
