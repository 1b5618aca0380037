package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.certify.CertifiedCircuit;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.gadget.KeyScores;
import io.rasplens.compiler.circuit.pass.CircuitPass;
import io.rasplens.compiler.circuit.pass.RunPasses;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.ValueInference;
import io.rasplens.compiler.infer.refusal.Effort;
import io.rasplens.compiler.lower.LoweringWay.ListedAnswer;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.rewrite.CutKept;
import io.rasplens.compiler.rewrite.GraphRule;
import io.rasplens.compiler.rewrite.RewriteGraph;
import io.rasplens.grammar.diagnostic.Result;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The way from program graph to weights: rewrite, infer, lower, shrink, verify, certify, assemble, the same for every level. A level
 * says which rules and passes there are, and how the circuit is written.
 */
public abstract class Lowering {

    /** The model, without its {@code program}, which the front door adds; or what can't be compiled, and why. */
    public final Result<CompiledModel> lower(CompileTarget target) {
        return stages(target).then(Stages::model);
    }

    /** Everything up to the circuit that is certified; the same expression at every level. What is refused is tried again with more effort. */
    public final Result<Stages> stages(CompileTarget target) {
        return WithRoom.run(target, working -> WithMoreEffort.of(effort -> stages(target, effort, working)));
    }

    private Result<Stages> stages(CompileTarget target, Effort effort, AtomicReference<SOp> working) {
        return Result.success(RewriteGraph.rewrite(target, rewriting(effort)))
                .then(rewritten -> ValueInference.infer(rewritten, effort, working::set)
                        .then(inference -> FirstExact.of(
                                ways(effort),
                                rewritten,
                                way -> way.level()
                                        .written(rewritten, inference, way, working)
                                        .then(lowered -> Result.success(
                                                        way.level().shrunk(lowered))
                                                .then(shrunk -> Result.success(new Stages(
                                                        rewritten,
                                                        inference,
                                                        lowered,
                                                        CertifiedCircuit.of(
                                                                shrunk, lowered.layout(), lowered.rounding()))))))));
    }

    /** What is kept is cut off first, so that no rule looks through it. */
    private ImmutableList<GraphRule> rewriting(Effort effort) {
        return ImmutableList.<GraphRule>builder()
                .add(new CutKept())
                .addAll(effort == Effort.THOROUGH ? RewriteGraph.FOR_REFUSED : ImmutableList.of())
                .addAll(rules())
                .build();
    }

    private Result<Lowered> written(
            CompileTarget target, Inference inference, LoweringWay way, AtomicReference<SOp> working) {
        try {
            Lowered lowered = write(target, inference, way, working::set);
            working.set(FindSop.largest(target.program(), lowered.circuit()));
            return Result.success(lowered);
        } catch (Refusal refusal) {
            return Result.failure(refusal.diagnostic());
        }
    }

    private Circuit shrunk(Lowered lowered) {
        return RunPasses.run(lowered.circuit(), getClass().getSimpleName(), passes());
    }

    /**
     * Ways to a circuit, one after another until one keeps the promise: the level's own, then those of one that loses fewer digits, at last
     * those that answer otherwise.
     */
    private ImmutableList<LoweringWay> ways(Effort effort) {
        ImmutableList.Builder<LoweringWay> ways = ImmutableList.builder();
        ways.addAll(ownWays());
        moreExact(effort).ifPresent(other -> ways.addAll(other.ownWays()));
        if (effort == Effort.THOROUGH && canBeCareful()) {
            ways.addAll(otherAnswers());
            moreExact(effort).ifPresent(other -> ways.addAll(other.otherAnswers()));
        }
        return ways.build();
    }

    private ImmutableList<LoweringWay> otherAnswers() {
        return ImmutableList.of(
                new LoweringWay(this, KeyScores.HARDNESS, true, ListedAnswer.COMPUTED),
                new LoweringWay(this, hardest(), true, ListedAnswer.COMPUTED),
                new LoweringWay(this, KeyScores.HARDNESS, true, ListedAnswer.MARKED));
    }

    /** Ever harder scores, then more blocks. */
    private ImmutableList<LoweringWay> ownWays() {
        ImmutableList.Builder<LoweringWay> ways = ImmutableList.builder();
        double hardness = KeyScores.HARDNESS;
        ways.add(new LoweringWay(this, hardness, false, ListedAnswer.NEAREST));
        while (hardness < hardest()) {
            hardness *= 2;
            ways.add(new LoweringWay(this, hardness, false, ListedAnswer.NEAREST));
        }
        if (canBeCareful()) {
            ways.add(new LoweringWay(this, KeyScores.HARDNESS, true, ListedAnswer.NEAREST));
            ways.add(new LoweringWay(this, hardness, true, ListedAnswer.NEAREST));
        }
        return ways.build();
    }

    /** Ways in which the graph is written differently first. */
    protected abstract ImmutableList<GraphRule> rules();

    /**
     * The circuit as the level writes it.
     *
     * @param way how hard scores are, and whether blocks may be spent on digits
     * @param working is told what is being lowered
     * @throws Refusal if there is no way, or none within the limits of a model
     */
    protected abstract Lowered write(CompileTarget target, Inference inference, LoweringWay way, Consumer<SOp> working);

    /** What is then done to the circuit. */
    protected abstract ImmutableList<CircuitPass> passes();

    /** Another level, for what no hardness of this one's is precise enough for, or what it has no way for. */
    protected Optional<Lowering> moreExact(Effort effort) {
        return Optional.empty();
    }

    /** Whether the level has constructions that take more blocks and lose fewer digits. */
    protected boolean canBeCareful() {
        return false;
    }

    /** Up to which hardness of scores it is tried again where a circuit is not precise enough. */
    protected abstract double hardest();
}
