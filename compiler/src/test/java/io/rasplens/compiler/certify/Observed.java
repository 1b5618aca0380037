package io.rasplens.compiler.certify;

import io.rasplens.compiler.assemble.AssembleModel;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.CircuitTrace;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.RunCircuit;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.lower.Forward;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.List;
import java.util.Optional;

/** What errors really are, on some inputs: measured, to be held against what is certified. */
final class Observed {
    private final CompileTarget target;
    private final Circuit circuit;
    private final Forward forward;
    double leak;
    double margin = Double.POSITIVE_INFINITY;
    double error;
    int inputs;

    Observed(CompileTarget target, CertifiedCircuit certified) {
        this.target = target;
        this.circuit = certified.circuit();
        CompiledModel model = AssembleModel.assemble(circuit, Optional.empty(), certified.layout());
        this.forward = new Forward(model);
    }

    /** Measures one input, unless the program fails on it. */
    void add(List<Value> input) {
        List<Value> expected;
        Trace wanted;
        try {
            wanted = Interpreter.trace(
                    List.of(target.program().output()), input, target.program().causal());
            expected = Interpreter.evaluate(
                    target.program().output(), input, target.program().causal());
        } catch (EvaluationException e) {
            return;
        }
        inputs++;
        CircuitTrace trace = RunCircuit.run(circuit, input);
        output(expected, input, trace);
        readouts(wanted, trace);
        for (int b = 0; b < circuit.blocks().size(); b++) {
            for (int h = 0; h < circuit.blocks().get(b).heads().size(); h++) {
                leak(circuit.blocks().get(b).heads().get(h), trace.scores(b, h));
            }
            for (UnitGroup group : circuit.blocks().get(b).groups()) {
                if (group.construction() instanceof Construction.Staircase staircase) {
                    distances(staircase, trace, Stage.afterAttention(b));
                }
            }
        }
    }

    private void output(List<Value> expected, List<Value> input, CircuitTrace trace) {
        if (!(circuit.decoder() instanceof OutputDecoder.Numerical)) {
            return;
        }
        double[][] logits = forward.logits(input);
        for (int p = 0; p < expected.size(); p++) {
            double wanted = Values.toDouble(expected.get(p));
            error = Math.max(error, Math.abs(wanted - logits[p + 1][0]));
            error = Math.max(
                    error, Math.abs(wanted - trace.read(circuit.logits().get(0), trace.lastStage(), p + 1)));
        }
    }

    private void readouts(Trace wanted, CircuitTrace trace) {
        for (Circuit.Readout readout : circuit.readouts()) {
            if (!(readout.decoder() instanceof OutputDecoder.Numerical)) {
                continue;
            }
            List<SOp> named = wanted.nodes().stream()
                    .filter(SOp.class::isInstance)
                    .map(SOp.class::cast)
                    .filter(node -> target.program().origin(node).name().equals(Optional.of(readout.sop())))
                    .toList();
            // A name that was assigned twice stands for two s-ops: there is no telling which one is read.
            Optional<? extends List<Value>> values = named.size() == 1 ? wanted.values(named.get(0)) : Optional.empty();
            for (int p = 0; values.isPresent() && p < values.get().size(); p++) {
                double got = trace.read(readout.logits().get(0), readout.stage(), p + 1);
                error = Math.max(error, Math.abs(Values.toDouble(values.get().get(p)) - got));
            }
        }
    }

    /** Weight on keys that are neither selected nor, where that is right, BOS. */
    private void leak(Head head, double[][] scores) {
        for (int query = 1; query < scores.length; query++) {
            double[] weights = CircuitTrace.softmax(scores[query]);
            double top = scores[query][0];
            for (double score : scores[query]) {
                top = Math.max(top, score);
            }
            double bar = bar(head.kind(), scores[query][0], top);
            double leaked = 0;
            for (int key = 0; key < weights.length; key++) {
                leaked += scores[query][key] < bar ? weights[key] : 0;
            }
            leak = Math.max(leak, leaked);
        }
    }

    /** What keys that are seen score more than. */
    private static double bar(HeadKind kind, double bos, double top) {
        if (kind instanceof HeadKind.Sum sum) {
            return bos - sum.lambda() - sum.gap() / 2;
        }
        return kind instanceof HeadKind.Count count
                ? bos - Math.log(count.bosWeight()) - count.gap() / 2
                : top - kind.gap() / 2;
    }

    private void distances(Construction.Staircase staircase, CircuitTrace trace, Stage stage) {
        for (int p = 1; p < trace.positions(); p++) {
            double x = trace.read(staircase.input(), stage, p);
            for (Construction.Step step : staircase.steps()) {
                double threshold = step.left() + (step.right() - step.left()) / 2;
                margin = Math.min(margin, Math.abs(x - threshold));
            }
        }
    }
}
