package io.rasplens.compiler.lower.table;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Construction.Staircase;
import io.rasplens.compiler.circuit.Construction.Step;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Feature;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.gadget.Gate;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.infer.JointTable;
import io.rasplens.compiler.infer.Variable;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.reading.CircuitWriter;
import io.rasplens.compiler.lower.reading.OneHot;
import io.rasplens.compiler.lower.reading.Signal;
import io.rasplens.compiler.lower.reading.VariableReadings;
import io.rasplens.compiler.model.Technique;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Writes the hidden units of {@link TableCases} into the stream. */
public final class EmitCases {
    private final Facts facts;
    private final CircuitWriter writer;
    private final VariableReadings variables;

    public EmitCases(Facts facts, CircuitWriter writer, VariableReadings variables) {
        this.facts = facts;
        this.writer = writer;
        this.variables = variables;
    }

    /** One direction per value; the default's is read with 1 added, and is left at -1 where another value takes over. */
    OneHot oneHot(SOp sop, TableCases cases) {
        Feature feature = writer.oneHotFeature(sop);
        ImmutableList<Value> values = cases.table().values();
        int first = cases.plain()[0];
        Emitted emitted = cases(sop, cases, value -> LinearForm.of(Direction.oneHot(feature, values.get(value))));
        var taken = new TreeSet<Integer>();
        for (int v : cases.plain()) {
            taken.add(v);
        }
        for (CaseTree.Path path : cases.tree().paths()) {
            for (int v : path.row()) {
                taken.add(v < 0 ? first : v);
            }
        }
        ImmutableMap.Builder<Value, LinearForm> forms = ImmutableMap.builder();
        for (int v : taken) {
            LinearForm form = LinearForm.of(Direction.oneHot(feature, values.get(v)));
            forms.put(values.get(v), v == emitted.start() ? form.plus(LinearForm.constant(1)) : form);
        }
        return new OneHot(forms.buildOrThrow(), emitted.stage());
    }

    /**
     * What was written.
     *
     * @param stage from which on it can be read
     * @param start the value, by its index in the table, that nothing was written for
     */
    record Emitted(Stage stage, int start) {}

    /**
     * Writes the function's value less that at which it starts.
     *
     * @param writes what a value, given by its index in the table, puts into the stream
     */
    Emitted cases(SOp sop, TableCases cases, IntFunction<LinearForm> writes) {
        Signal input = cases.coding().signal().get();
        JointTable table = cases.table();
        Stage stage = input.stage();
        List<OneHot> tested = new ArrayList<>();
        for (int v : cases.tested()) {
            OneHot oneHot = variables.oneHot(table.variables().get(v));
            tested.add(oneHot);
            stage = stage.and(oneHot.stage());
        }
        int block = stage.mlp();
        writer.requireDepth(sop, block);
        PartOrigin origin = facts.origin(sop, Technique.CASES, "step of " + facts.name(sop));
        writer.requireUnits(sop, cases.units());
        int[] plain = cases.plain();
        double[] points = cases.points();
        double low = points[0];
        double high = points[points.length - 1];
        var all = ImmutableDoubleArray.copyOf(points);
        ImmutableDoubleArray left = all.subArray(0, points.length - 1);
        ImmutableDoubleArray right = all.subArray(1, points.length);
        Staircase steps = Steps.fromZero(input.form(), low, high, left, right, k -> writes.apply(plain[k]));
        writer.units(block, Steps.of(steps, origin));
        ImmutableList.Builder<HiddenUnit> constants = ImmutableList.builder();
        for (CaseTree.Path path : cases.tree().paths()) {
            int[] row = CaseTree.like(plain, path.row());
            IntFunction<LinearForm> extra = k -> writes.apply(row[k]).minus(writes.apply(plain[k]));
            Gate gate = gate(path, cases, tested);
            if (!extra.apply(0).isZero()) {
                constants.add(new HiddenUnit(gate.open(), extra.apply(0), origin));
            }
            double reach = high - low;
            double lowest = low - reach * path.tests().size();
            var staircase = new Staircase(gate.hold(input.form(), reach), lowest, high, steps(points, extra));
            writer.units(block, Steps.of(staircase, origin));
        }
        writer.units(block, new UnitGroup(new Construction.Cases(), constants.build(), origin));
        return new Emitted(Stage.afterMlp(block), plain[Steps.below(input.form(), left, right)]);
    }

    /** The steps of a function of the number, given by what it writes at each point. */
    private static ImmutableList<Step> steps(double[] points, IntFunction<LinearForm> writes) {
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        for (int k = 1; k < points.length; k++) {
            LinearForm change = writes.apply(k).minus(writes.apply(k - 1));
            if (!change.isZero()) {
                steps.add(new Step(points[k - 1], points[k], change));
            }
        }
        return steps.build();
    }

    private static Gate gate(CaseTree.Path path, TableCases cases, List<OneHot> tested) {
        var forms = new ArrayList<LinearForm>();
        for (CaseTree.ValueIn test : path.tests()) {
            Variable variable = cases.table().variables().get(cases.tested().get(test.variable()));
            forms.add(tested.get(test.variable()).anyOf(variable.domain(), test.values()));
        }
        return Gate.of(forms);
    }
}
