package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.certify.Certification;
import io.rasplens.compiler.certify.CertifiedBlocks;
import io.rasplens.compiler.certify.CertifyBlocks;
import io.rasplens.compiler.certify.Weakness;
import io.rasplens.compiler.infer.AlwaysInts;
import io.rasplens.compiler.infer.Inference;
import io.rasplens.compiler.infer.ValueInference;
import io.rasplens.compiler.infer.ValueSet;
import io.rasplens.compiler.interpret.NeededNodes;
import io.rasplens.compiler.lower.gadget.KeyScores;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.SourceRange;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.compiler.program.ProgramNode;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.compiler.program.SOp;
import io.rasplens.compiler.schedule.AssembleModel;
import io.rasplens.compiler.space.Blocks;
import io.rasplens.compiler.space.LinearForm;
import io.rasplens.compiler.space.MergeTwins;
import io.rasplens.compiler.space.PruneBlocks;
import io.rasplens.compiler.space.SpareBos;
import io.rasplens.compiler.space.VerifyBlocks;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import java.util.LinkedHashMap;
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

    @Override
    public Result<CompiledModel> lower(CompileTarget target) {
        return deep(
                target,
                working -> certified(target, working)
                        .then(certified -> Result.success(AssembleModel.assemble(
                                certified.blocks(), Optional.of(certified.certificate()), sources(target.program())))));
    }

    /** Where the s-ops come from, by the names that directions have. */
    private static ImmutableMap<String, SourceRange> sources(RaspProgram program) {
        var sources = new LinkedHashMap<String, SourceRange>();
        for (ProgramNode node : NeededNodes.of(ImmutableList.of(program.output()))) {
            Optional<Span> span = program.origin(node).span();
            if (node instanceof SOp && span.isPresent()) {
                sources.putIfAbsent(Lowerer.name(program, node), SourceRange.of(span.get()));
            }
        }
        return ImmutableMap.copyOf(sources);
    }

    /** The transformer over named directions, with what is certain of its numbers. */
    public static Result<CertifiedBlocks> certify(CompileTarget source) {
        return deep(source, working -> certified(source, working));
    }

    /** @param work is told where to note what it is at, to be named if there is no memory left for it */
    private static <T> Result<T> deep(CompileTarget source, Function<AtomicReference<SOp>, Result<T>> work) {
        var working = new AtomicReference<SOp>(source.program().output());
        return Lowering.deep(source, working::get, () -> work.apply(working));
    }

    private static Result<CertifiedBlocks> certified(CompileTarget source, AtomicReference<SOp> working) {
        CompileTarget target = Normalize.normalize(source);
        return ValueInference.infer(target, working::set).then(inference -> {
            try {
                return certified(target, inference, KeyScores.HARDNESS, working);
            } catch (Refusal refusal) {
                return Result.failure(refusal.diagnostic());
            }
        });
    }

    /** Blocks that keep the promise; where they don't, harder scores are tried before the program is refused. */
    private static Result<CertifiedBlocks> certified(
            CompileTarget target, Inference inference, double hardness, AtomicReference<SOp> working) {
        Draft made = draft(target, inference, hardness, working);
        working.set(FindSop.largest(target.program(), made.blocks()));
        Draft draft = made.shrunk();
        ImmutableList<String> problems = VerifyBlocks.problems(draft.blocks());
        if (!problems.isEmpty()) {
            throw new IllegalStateException("OptimizedLowering made blocks that can't be: " + problems.get(0));
        }
        Certification exact = draft.certify(CertifyBlocks.FLOAT64);
        if (exact.weakness().isEmpty()) {
            Certification single = draft.certify(CertifyBlocks.FLOAT32);
            return Result.success(new CertifiedBlocks(draft.blocks(), Certification.certificate(exact, single)));
        }
        if (hardness < HARDEST && !exact.weakness().get().ofProgram()) {
            Result<CertifiedBlocks> harder = certified(target, inference, 2 * hardness, working);
            if (harder instanceof Result.Success<CertifiedBlocks>) {
                return harder;
            }
        }
        Weakness weakness = exact.weakness().get();
        return Result.failure(ExplainWeakness.explain(target, weakness));
    }

    /**
     * Blocks before they are certified.
     *
     * @param rounding of the output in the program itself
     */
    private record Draft(Blocks blocks, double rounding) {
        /** The same without what makes no difference. */
        Draft shrunk() {
            return new Draft(PruneBlocks.prune(SpareBos.spare(MergeTwins.merge(blocks))), rounding);
        }

        Certification certify(double unit) {
            return CertifyBlocks.certify(blocks, rounding, unit);
        }
    }

    private static Draft draft(
            CompileTarget target, Inference inference, double hardness, AtomicReference<SOp> working) {
        var lowerer = new Lowerer(target, inference, hardness, working);
        CheckDepth.check(lowerer);
        SOp output = target.program().output();
        ImmutableList<LinearForm> logits;
        OutputDecoder decoder;
        double rounding = 0;
        if (isCategorical(lowerer, output)) {
            OneHot oneHot = lowerer.functions().oneHot(output);
            decoder = new OutputDecoder.Categorical(oneHot.forms().keySet().asList());
            logits = oneHot.forms().values().asList();
        } else {
            ImmutableList<Value> values = inference.values(output) instanceof ValueSet.Finite finite && finite.exact()
                    ? finite.values()
                    : ImmutableList.of();
            decoder = new OutputDecoder.Numerical(values, AlwaysInts.is(output, inference));
            rounding = lowerer.rounding(output);
            logits = ImmutableList.of(lowerer.functions().number(output).form());
        }
        lowerer.requireMemory(output);
        Stream stream = lowerer.stream();
        var blocks = new Blocks(
                stream.tokens(),
                stream.positions(),
                stream.blocks(),
                logits,
                decoder,
                lowerer.readouts(),
                target.program().causal());
        return new Draft(blocks, rounding);
    }

    private static boolean isCategorical(Lowerer lowerer, SOp output) {
        return lowerer.inference().values(output) instanceof ValueSet.Finite finite
                && (finite.values().stream().anyMatch(v -> !v.isNumeric() || v instanceof BoolValue)
                        || lowerer.functions().isOneHotFree(output));
    }
}
