package io.rasplens.compiler.lower.diagram;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes the hidden units of conjunctions into the stream. One of one-hots alone is one unit, {@code relu(open)}; where numbers are tested
 * a saturating step, of two, takes its place, so that their noise does not pass.
 */
final class EmitConjunctions {
    private final Facts facts;
    private final CircuitWriter writer;
    private final VariableReadings variables;

    EmitConjunctions(Facts facts, CircuitWriter writer, VariableReadings variables) {
        this.facts = facts;
        this.writer = writer;
        this.variables = variables;
    }

    /**
     * Writes the function's value less what its plain leaf writes.
     *
     * @param writes what a leaf puts into the stream
     * @return the stage from which on it can be read
     */
    Stage write(SOp sop, ConjunctionPlan plan, Function<Integer, LinearForm> writes) {
        var inputs = new TestedInputs(plan, variables);
        int block = inputs.stage().mlp();
        writer.requireDepth(sop, block);
        writer.requireUnits(sop, plan.units());
        PartOrigin origin = facts.origin(sop, Technique.CONJUNCTIONS, "cases of " + facts.name(sop));
        ImmutableList.Builder<HiddenUnit> exclusive = ImmutableList.builder();
        boolean isExclusive = plan.isExclusive();
        Map<Conjunction, List<Step>> rises = new LinkedHashMap<>();
        for (Conjunction conjunction : plan.conjunctions()) {
            LinearForm output = sum(conjunction, writes);
            if (output.isZero()) {
                continue;
            }
            if (conjunction.rise().isPresent()) {
                rises.computeIfAbsent(inputs.behind(conjunction), c -> new ArrayList<>())
                        .add(inputs.step(conjunction.rise().get(), output));
            } else if (conjunction.isStep()) {
                writer.units(block, Steps.of(inputs.opening(conjunction, output), origin));
            } else {
                var unit = new HiddenUnit(inputs.open(conjunction), output, origin);
                if (isExclusive) {
                    exclusive.add(unit);
                } else {
                    writer.units(block, new UnitGroup(new Construction.Cases(), ImmutableList.of(unit), origin));
                }
            }
        }
        rises.forEach((where, steps) -> writer.units(block, Steps.of(inputs.rising(where, steps), origin)));
        writer.units(block, new UnitGroup(new Construction.Cases(), exclusive.build(), origin));
        return Stage.afterMlp(block);
    }

    private static LinearForm sum(Conjunction conjunction, Function<Integer, LinearForm> writes) {
        LinearForm sum = LinearForm.ZERO;
        for (Map.Entry<Integer, Integer> leaf : conjunction.writes().entrySet()) {
            sum = sum.plus(writes.apply(leaf.getKey()).times(leaf.getValue()));
        }
        return sum;
    }
}
