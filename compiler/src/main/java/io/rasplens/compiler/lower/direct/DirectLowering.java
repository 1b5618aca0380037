package io.rasplens.compiler.lower.direct;

import io.rasplens.compiler.certify.Roundoff;
import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.assemble.AssembleModel;
import io.rasplens.compiler.certify.Certification;
import io.rasplens.compiler.certify.CertifiedCircuit;
import io.rasplens.compiler.certify.CertifyCircuit;
import io.rasplens.compiler.certify.Tolerance;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.Layout;
import io.rasplens.compiler.circuit.VerifyCircuit;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.ValueInference;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.lower.ExplainWeakness;
import io.rasplens.compiler.lower.Lowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.diagnostic.Result;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The {@code -O0} compiler: values, then roles, then demands, then blocks, then layers.
 *
 * <pre>{@code
 * CompiledModel model = new DirectLowering().lower(new CompileTarget(program, vocabulary, 5)).orThrow();
 * }</pre>
 */
public final class DirectLowering implements Lowering {

    @Override
    public Result<CompiledModel> lower(CompileTarget target) {
        return deep(
                target,
                inference -> certified(target, inference)
                        .then(certified -> Result.success(AssembleModel.assemble(
                                certified.circuit(), Optional.of(certified.certificate()), certified.layout()))));
    }

    /** The transformer over named directions, with what is certain of its numbers. */
    public static Result<CertifiedCircuit> certify(CompileTarget target) {
        return deep(target, inference -> certified(target, inference));
    }

    private static <T> Result<T> deep(CompileTarget target, Function<Inference, Result<T>> lowering) {
        var working = new AtomicReference<SOp>(target.program().output());
        return Lowering.deep(
                target,
                working::get,
                () -> ValueInference.infer(target, working::set).then(lowering));
    }

    private static Result<CertifiedCircuit> certified(CompileTarget target, Inference inference) {
        SOp output = target.program().output();
        ImmutableList<ProgramNode> nodes = NeededNodes.of(ImmutableList.of(output));
        var features = new Features();
        var embedding = new DirectEmbedding(target, nodes, features);
        try {
            Reading reading = Reading.of(target, inference, nodes);
            Demands demands = Demands.of(reading, nodes, output);
            Plan plan = new Planner(target, inference, reading, demands, features, embedding).plan(nodes);
            Circuit circuit = DirectCircuit.of(target, inference, reading, plan, embedding);
            ImmutableList<String> problems = VerifyCircuit.problems(circuit);
            if (!problems.isEmpty()) {
                throw new IllegalStateException("DirectLowering made a circuit that can't be: " + problems.get(0));
            }
            Certification exact = CertifyCircuit.certify(circuit, 0, Roundoff.FLOAT64);
            if (exact.weakness().isPresent()) {
                return Result.failure(
                        ExplainWeakness.explain(target, exact.weakness().get()));
            }
            Certification single = CertifyCircuit.certify(circuit, 0, Roundoff.FLOAT32);
            return Result.success(new CertifiedCircuit(
                    circuit,
                    new Layout.Tracr(embedding.first(), plan.dHead()),
                    Certification.certificate(exact, single, Tolerance.of(circuit))));
        } catch (Refusal refusal) {
            return Result.failure(refusal.diagnostic());
        }
    }
}
