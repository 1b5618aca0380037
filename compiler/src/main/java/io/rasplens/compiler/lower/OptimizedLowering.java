package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.certify.CertifiedCircuit;
import io.rasplens.compiler.circuit.pass.CircuitPass;
import io.rasplens.compiler.circuit.pass.RunPasses;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.refusal.Effort;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.offer.CarefulPolicy;
import io.rasplens.compiler.lower.offer.LegiblePolicy;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.lower.offer.SmallestPolicy;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.rewrite.GraphRule;
import io.rasplens.compiler.rewrite.RewriteGraph;
import io.rasplens.grammar.diagnostic.Result;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The optimised lowering: one layer per dependent attention step.
 *
 * <p>Every s-op is a function of a few variables: the token, the position, the length, the results of attention. The output is made
 * readable, and that asks for what it reads, down to the embedding: nothing is built that nobody reads.
 */
public final class OptimizedLowering extends Lowering {
    /** Scores harder than this would come near what keeps BOS to itself. */
    private static final double HARDEST = 200;

    private final Level level;

    /** @param level any but the direct one */
    public OptimizedLowering(Level level) {
        this.level = level;
    }

    /** The transformer over named directions, with what is certain of its numbers. */
    public static Result<CertifiedCircuit> certify(CompileTarget target, Level level) {
        return new OptimizedLowering(level).stages(target).then(stages -> Result.success(stages.certified()));
    }

    @Override
    protected ImmutableList<GraphRule> rules() {
        return level == Level.SMALLEST ? RewriteGraph.FEWEST_HEADS : RewriteGraph.RULES;
    }

    @Override
    protected Lowered write(CompileTarget target, Inference inference, LoweringWay way, Consumer<SOp> working) {
        Policy policy = level == Level.SMALLEST ? new SmallestPolicy() : new LegiblePolicy();
        return LowerGraph.lower(
                new Facts(target, inference), way.careful() ? new CarefulPolicy(policy) : policy, way, working);
    }

    @Override
    protected ImmutableList<CircuitPass> passes() {
        return level == Level.SMALLEST ? RunPasses.SHRINKING : RunPasses.LEGIBLE;
    }

    /** What is legible loses fewer digits; what outweighs everything else is for what can't be had otherwise. */
    @Override
    protected Optional<Lowering> moreExact(Effort effort) {
        if (level == Level.SMALLEST) {
            return Optional.of(new OptimizedLowering(Level.LEGIBLE));
        }
        return effort == Effort.THOROUGH ? Optional.of(new OptimizedLowering(Level.SMALLEST)) : Optional.empty();
    }

    @Override
    protected boolean canBeCareful() {
        return true;
    }

    @Override
    protected double hardest() {
        return HARDEST;
    }
}
