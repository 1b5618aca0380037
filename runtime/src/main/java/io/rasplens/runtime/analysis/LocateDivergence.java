package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.interpret.EvaluationException;
import io.rasplens.compiler.interpret.Interpreter;
import io.rasplens.compiler.interpret.Trace;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.DMatrixSparseCSC;

/**
 * Finds where a wrong answer begins: reads every s-op that can be read from the residual stream, in the order of the layers and
 * within one of the graph, and compares it with the interpreter. What agrees up to there is right; the first that doesn't is
 * where to look.
 */
final class LocateDivergence {
    private final Subject subject;
    private final RaspProgram program;

    LocateDivergence(Subject subject, RaspProgram program) {
        this.subject = subject;
        this.program = program;
    }

    /** A readout and the node it should agree with. */
    private record Probe(SopReadout readout, SOp node) {}

    Verification.Divergence locate(Verification.Mismatch mismatch, int[] ids) {
        ImmutableList<Probe> probes = probes();
        try {
            Trace trace =
                    Interpreter.trace(probes.stream().map(Probe::node).toList(), mismatch.input(), program.causal());
            for (Probe probe : probes) {
                Optional<Verification.Divergence> divergence = compare(probe, trace, ids);
                if (divergence.isPresent()) {
                    return divergence.get();
                }
            }
        } catch (EvaluationException e) {
            // Too much work to keep every value: the output is all we know.
        }
        int position = mismatch.position();
        return new Verification.Divergence(
                program.name(),
                "unembed.hook_out",
                position,
                mismatch.expected().get(position),
                mismatch.output().get(position));
    }

    private Optional<Verification.Divergence> compare(Probe probe, Trace trace, int[] ids) {
        Optional<ImmutableList<Value>> expected = trace.values(probe.node);
        if (expected.isEmpty()) {
            return Optional.empty();
        }
        String hook = hook(probe.readout);
        double[][] residual = subject.activation(ids, hook);
        for (int i = 0; i < expected.get().size(); i++) {
            Value actual = probe.readout.decoder().decode(logits(probe.readout, residual[i + 1]));
            if (!Agreement.same(expected.get().get(i), actual)) {
                return Optional.of(new Verification.Divergence(
                        probe.readout.sop(), hook, i, expected.get().get(i), actual));
            }
        }
        return Optional.empty();
    }

    private ImmutableList<Probe> probes() {
        Map<String, SOp> named = new HashMap<>();
        for (Map.Entry<ProgramNode, io.rasplens.compiler.program.NodeOrigin> entry :
                program.origins().entrySet()) {
            if (entry.getKey() instanceof SOp sop) {
                // Of several of one name the last made is the one that the name means at the end.
                entry.getValue().name().ifPresent(name -> named.merge(name, sop, (a, b) -> a.id() > b.id() ? a : b));
            }
        }
        named.put(program.name(), program.output());
        return subject.model().readouts().stream()
                .flatMap(readout ->
                        Optional.ofNullable(named.get(readout.sop())).stream().map(node -> new Probe(readout, node)))
                .sorted(Comparator.comparingInt((Probe p) -> p.readout.layer())
                        .thenComparing(p -> !p.readout.afterAttention())
                        .thenComparingInt(p -> p.node.id()))
                .collect(ImmutableList.toImmutableList());
    }

    private String hook(SopReadout readout) {
        if (readout.layer() >= 0) {
            return "blocks." + readout.layer() + (readout.afterAttention() ? ".hook_resid_mid" : ".hook_resid_post");
        }
        return subject.model().config().nLayers() > 0 ? "blocks.0.hook_resid_pre" : "unembed.hook_in";
    }

    private static double[] logits(SopReadout readout, double[] residual) {
        DMatrixSparseCSC projection = readout.projection().csc();
        double[] logits = readout.bias().toArray();
        for (int c = 0; c < logits.length; c++) {
            for (int i = projection.col_idx[c]; i < projection.col_idx[c + 1]; i++) {
                logits[c] += residual[projection.nz_rows[i]] * projection.nz_values[i];
            }
        }
        return logits;
    }
}
