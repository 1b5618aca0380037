package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.assemble.AssembleModel;
import io.rasplens.compiler.certify.Certification;
import io.rasplens.compiler.certify.CertifiedCircuit;
import io.rasplens.compiler.certify.CertifyCircuit;
import io.rasplens.compiler.certify.Roundoff;
import io.rasplens.compiler.certify.Tolerance;
import io.rasplens.compiler.certify.Weakness;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.gadget.KeyScores;
import io.rasplens.compiler.circuit.pass.CircuitPass;
import io.rasplens.compiler.circuit.pass.RunPasses;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.infer.DescribeNode;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.ValueInference;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.rewrite.GraphRule;
import io.rasplens.compiler.rewrite.RewriteGraph;
import io.rasplens.compiler.stack.DeepStack;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.platform.Host;
import io.rasplens.grammar.platform.Work;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The way from program graph to weights: rewrite, infer, lower, shrink, verify, certify, assemble, the same for every level. A level
 * says which rules and passes there are, and how the circuit is written.
 */
public abstract class Lowering {

    /** The model, without its {@code program}, which the front door adds; or what can't be compiled, and why. */
    public final Result<CompiledModel> lower(CompileTarget target) {
        return deep(target, working -> stages(target, working).then(stages -> Result.success(assemble(stages))));
    }

    /** Everything up to the circuit that is certified. */
    public final Result<Stages> stages(CompileTarget target) {
        return deep(target, working -> stages(target, working));
    }

    private static CompiledModel assemble(Stages stages) {
        CertifiedCircuit certified = stages.certified();
        return AssembleModel.assemble(certified.circuit(), Optional.of(certified.certificate()), certified.layout());
    }

    private Result<Stages> stages(CompileTarget target, AtomicReference<SOp> working) {
        CompileTarget rewritten = RewriteGraph.rewrite(target, rules());
        return ValueInference.infer(rewritten, working::set)
                .then(inference -> circuit(rewritten, inference, KeyScores.HARDNESS, working));
    }

    /** A circuit that keeps the promise; where it doesn't, harder scores are tried before the program is refused. */
    private Result<Stages> circuit(
            CompileTarget target, Inference inference, double hardness, AtomicReference<SOp> working) {
        Lowered lowered;
        try {
            lowered = write(target, inference, hardness, working::set);
        } catch (Refusal refusal) {
            return Result.failure(refusal.diagnostic());
        }
        working.set(FindSop.largest(target.program(), lowered.circuit()));
        Circuit shrunk = RunPasses.run(lowered.circuit(), getClass().getSimpleName(), passes());
        Certification exact = CertifyCircuit.certify(shrunk, lowered.rounding(), Roundoff.FLOAT64);
        if (exact.weakness().isEmpty()) {
            Certification single = CertifyCircuit.certify(shrunk, lowered.rounding(), Roundoff.FLOAT32);
            var certificate = Certification.certificate(exact, single, Tolerance.of(shrunk));
            return Result.success(new Stages(
                    target, inference, lowered, new CertifiedCircuit(shrunk, lowered.layout(), certificate)));
        }
        Weakness weakness = exact.weakness().get();
        if (hardness < hardest() && !weakness.ofProgram()) {
            Result<Stages> harder = circuit(target, inference, 2 * hardness, working);
            if (harder instanceof Result.Success<Stages>) {
                return harder;
            }
        }
        if (hardness >= hardest() && !weakness.ofProgram() && moreExact().isPresent()) {
            Result<Stages> other = moreExact().get().circuit(target, inference, KeyScores.HARDNESS, working);
            if (other instanceof Result.Success<Stages>) {
                return other;
            }
        }
        return Result.failure(ExplainWeakness.explain(target, weakness));
    }

    /** Ways in which the graph is written differently first. */
    protected abstract ImmutableList<GraphRule> rules();

    /**
     * The circuit as the level writes it.
     *
     * @param hardness the score of a select that holds
     * @param working is told what is being lowered
     * @throws Refusal if there is no way, or none within the limits of a model
     */
    protected abstract Lowered write(CompileTarget target, Inference inference, double hardness, Consumer<SOp> working);

    /** What is then done to the circuit. */
    protected abstract ImmutableList<CircuitPass> passes();

    /** A level whose constructions lose fewer digits, for what no hardness of this one's is precise enough for. */
    protected Optional<Lowering> moreExact() {
        return Optional.empty();
    }

    /** Up to which hardness of scores it is tried again where a circuit is not precise enough. */
    protected abstract double hardest();

    /**
     * Runs a lowering where it may recurse as deep as the program nests.
     *
     * @param work is told where to note what it is at, to be named if there is no memory left for it
     */
    private static <T> Result<T> deep(CompileTarget target, Function<AtomicReference<SOp>, Result<T>> work) {
        var working = new AtomicReference<SOp>(target.program().output());
        return DeepStack.run(
                () -> work.apply(working), error -> refusal(target, Objects.requireNonNull(working.get()), error));
    }

    private static Diagnostic refusal(CompileTarget target, SOp working, Error error) {
        if (error instanceof OutOfMemoryError) {
            return DescribeNode.at(
                    target.program(),
                    working,
                    CompileCode.MODEL_TOO_LARGE,
                    "the s-op " + DescribeNode.name(target.program(), working) + " needs more than the "
                            + (Work.memory() >> 20) + " MB of memory that there are",
                    "a shorter max_length or a smaller vocab makes the model smaller; " + Host.moreMemory());
        }
        return DescribeNode.at(
                target.program(),
                target.program().output(),
                CompileCode.MODEL_TOO_LARGE,
                "the s-op "
                        + DescribeNode.name(target.program(), target.program().output())
                        + " nests deeper than half a gigabyte of stack can follow",
                "use fewer steps, each of which is computed from the one before");
    }
}
