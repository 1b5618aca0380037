package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.certify.CertifiedCircuit;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.Layout;
import io.rasplens.compiler.circuit.pass.CircuitPass;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.lower.Lowered;
import io.rasplens.compiler.lower.Lowering;
import io.rasplens.compiler.lower.LoweringWay;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.facts.FindFunctions;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.rewrite.GraphRule;
import io.rasplens.grammar.diagnostic.Result;
import java.util.function.Consumer;

/**
 * The {@code -O0} compiler: roles, then demands, then blocks, then layers. The graph stays as it is and so does the circuit.
 *
 * <pre>{@code
 * CompiledModel model = new DirectLowering().lower(new CompileTarget(program, vocabulary, 5)).orThrow();
 * }</pre>
 */
public final class DirectLowering extends Lowering {

    /** The transformer over named directions, with what is certain of its numbers. */
    public static Result<CertifiedCircuit> certify(CompileTarget target) {
        return new DirectLowering().stages(target).then(stages -> Result.success(stages.certified()));
    }

    @Override
    protected ImmutableList<GraphRule> rules() {
        return ImmutableList.of();
    }

    /** Heads are as hard as they have to be to begin with. */
    @Override
    protected Lowered write(CompileTarget target, Inference inference, LoweringWay way, Consumer<SOp> working) {
        SOp output = target.program().output();
        ImmutableList<ProgramNode> nodes = target.program().nodes();
        var features = new Features();
        var embedding = new DirectEmbedding(target, nodes, features);
        Reading reading = Reading.of(target, inference, nodes);
        Demands demands = Demands.of(reading, nodes, output);
        Plan plan = new Planner(target, inference, reading, demands, features, embedding).plan(nodes);
        var facts = new Facts(target, inference);
        Circuit circuit = DirectCircuit.of(target, inference, reading, plan, embedding, FindFunctions.of(facts));
        double rounding = circuit.decoder() instanceof OutputDecoder.Numerical ? facts.rounding(output) : 0;
        return new Lowered(circuit, new Layout.Tracr(embedding.first(), plan.dHead()), rounding);
    }

    @Override
    protected ImmutableList<CircuitPass> passes() {
        return ImmutableList.of();
    }

    @Override
    protected double hardest() {
        return 0;
    }
}
