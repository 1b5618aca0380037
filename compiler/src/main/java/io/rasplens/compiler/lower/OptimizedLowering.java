package io.rasplens.compiler.lower;

import io.rasplens.compiler.certify.Roundoff;
import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.assemble.AssembleModel;
import io.rasplens.compiler.certify.Certification;
import io.rasplens.compiler.certify.CertifiedCircuit;
import io.rasplens.compiler.certify.Tolerance;
import io.rasplens.compiler.certify.Weakness;
import io.rasplens.compiler.circuit.Layout;
import io.rasplens.compiler.circuit.VerifyCircuit;
import io.rasplens.compiler.circuit.gadget.KeyScores;
import io.rasplens.compiler.infer.ValueInference;
import io.rasplens.compiler.lower.facts.Facts;
import io.rasplens.compiler.lower.facts.Refusal;
import io.rasplens.compiler.lower.offer.LegiblePolicy;
import io.rasplens.compiler.lower.offer.Policy;
import io.rasplens.compiler.lower.offer.SmallestPolicy;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.diagnostic.Result;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The optimised lowering: one layer per dependent attention step.
 *
 * <p>Every s-op is a function of a few variables: the token, the position, the length, the results of attention. The output is made
 * readable, and that asks for what it reads, down to the embedding: nothing is built that nobody reads.
 */
public final class OptimizedLowering implements Lowering {
    /** Scores harder than this would come near what keeps BOS to itself. */
    private static final double HARDEST = 200;

    private final Level level;

    /** @param level any but the direct one */
    public OptimizedLowering(Level level) {
        this.level = level;
    }

    @Override
    public Result<CompiledModel> lower(CompileTarget target) {
        return deep(
                target,
                working -> certified(target, level, working)
                        .then(certified -> Result.success(
                                AssembleModel.assemble(certified.circuit(), Optional.of(certified.certificate())))));
    }

    /** The transformer over named directions, with what is certain of its numbers. */
    public static Result<CertifiedCircuit> certify(CompileTarget source, Level level) {
        return deep(source, working -> certified(source, level, working));
    }

    /** @param work is told where to note what it is at, to be named if there is no memory left for it */
    private static <T> Result<T> deep(CompileTarget source, Function<AtomicReference<SOp>, Result<T>> work) {
        var working = new AtomicReference<SOp>(source.program().output());
        return Lowering.deep(source, working::get, () -> work.apply(working));
    }

    private static Result<CertifiedCircuit> certified(CompileTarget source, Level level, AtomicReference<SOp> working) {
        CompileTarget target = Normalize.normalize(source);
        return ValueInference.infer(target, working::set).then(inference -> {
            try {
                return certified(new Facts(target, inference), level, KeyScores.HARDNESS, working);
            } catch (Refusal refusal) {
                return Result.failure(refusal.diagnostic());
            }
        });
    }

    private static Policy policy(Level level) {
        return level == Level.SMALLEST ? new SmallestPolicy() : new LegiblePolicy();
    }

    /** A circuit that keeps the promise; where it doesn't, harder scores are tried before the program is refused. */
    private static Result<CertifiedCircuit> certified(
            Facts facts, Level level, double hardness, AtomicReference<SOp> working) {
        Lowered made = LowerGraph.lower(facts, policy(level), hardness, working::set);
        working.set(FindSop.largest(facts.program(), made.circuit()));
        Lowered draft = made.shrunk(level);
        ImmutableList<String> problems = VerifyCircuit.problems(draft.circuit());
        if (!problems.isEmpty()) {
            throw new IllegalStateException("OptimizedLowering made circuit that can't be: " + problems.get(0));
        }
        Certification exact = draft.certify(Roundoff.FLOAT64);
        if (exact.weakness().isEmpty()) {
            Certification single = draft.certify(Roundoff.FLOAT32);
            return Result.success(new CertifiedCircuit(
                    draft.circuit(),
                    new Layout.Compact(),
                    Certification.certificate(exact, single, Tolerance.of(draft.circuit()))));
        }
        if (hardness < HARDEST && !exact.weakness().get().ofProgram()) {
            Result<CertifiedCircuit> harder = certified(facts, level, 2 * hardness, working);
            if (harder instanceof Result.Success<CertifiedCircuit>) {
                return harder;
            }
        }
        Weakness weakness = exact.weakness().get();
        return Result.failure(ExplainWeakness.explain(facts.target(), weakness));
    }
}
