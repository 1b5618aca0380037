package io.rasplens.compiler.random;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.infer.CompileCode;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.lower.Lowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Compiles random programs and compares them with the interpreter. */
public final class Fuzz {
    /** Steps of shrinking tried before the best so far is shown. */
    private static final int MAX_SHRINKING = 3000;

    private final Lowering lowering;
    private final Subset subset;
    private final int inputs;

    /** @param inputs how many inputs each program is tried on */
    public Fuzz(Lowering lowering, Subset subset, int inputs) {
        this.lowering = lowering;
        this.subset = subset;
        this.inputs = inputs;
    }

    /**
     * What came of many programs.
     *
     * @param compared programs that compiled and agreed on all inputs
     * @param refusals programs that did not compile, by the code that says why
     * @param failures programs that differ, shrunk, with what happened
     */
    public record FuzzReport(int compared, ImmutableMap<String, Integer> refusals, ImmutableList<String> failures) {}

    /** Tries the programs of the seeds {@code first} to {@code first + count - 1}; stops at the third failure. */
    public FuzzReport run(long first, int count) {
        int compared = 0;
        var refusals = new TreeMap<String, Integer>();
        ImmutableList.Builder<String> failures = ImmutableList.builder();
        int failed = 0;
        for (long seed = first; seed < first + count && failed < 3; seed++) {
            RandomProgram program = ProgramGenerator.generate(subset, seed);
            FuzzOutcome outcome = attempt(program);
            if (outcome.failure().isPresent()) {
                failed++;
                RandomProgram shrunk = shrink(program);
                failures.add("seed " + seed + ": " + attempt(shrunk).failure().orElse("?") + "\n" + shrunk.source()
                        + "shrunk from\n" + program.source());
            } else if (outcome.refusal().isPresent()) {
                refusals.merge(outcome.refusal().get(), 1, Integer::sum);
            } else {
                compared++;
            }
        }
        return new FuzzReport(compared, ImmutableMap.copyOf(refusals), failures.build());
    }

    /** Neither: the program agrees. */
    private record FuzzOutcome(Optional<String> failure, Optional<String> refusal) {
        static FuzzOutcome failed(String what) {
            return new FuzzOutcome(Optional.of(what), Optional.empty());
        }
    }

    private FuzzOutcome attempt(RandomProgram program) {
        try {
            Result<CompileTarget> target = RaspCompiler.elaborate(
                            SourceFile.of("random.rasp", program.source()), new MemoryLoader(ImmutableMap.of()))
                    .then(e -> RaspCompiler.elaborateTarget(e, CompileOptions.DEFAULT));
            if (target instanceof Result.Failure<CompileTarget> rejected) {
                return new FuzzOutcome(
                        Optional.empty(),
                        Optional.of("elaboration "
                                + rejected.diagnostics().get(0).code().id()));
            }
            Result<CompiledModel> model = lowering.lower(target.orThrow());
            List<List<Value>> tried = Differential.inputs(target.orThrow(), inputs, 11);
            if (model instanceof Result.Failure<CompiledModel> refused) {
                return refusal(target.orThrow(), refused.diagnostics().get(0).code(), tried);
            }
            return new FuzzOutcome(
                    Differential.firstMismatch(target.orThrow(), model.orThrow(), tried)
                            .map(m -> "on " + m.input() + " the interpreter says " + m.expected() + ", the model "
                                    + m.actual()),
                    Optional.empty());
        } catch (RuntimeException | StackOverflowError e) {
            StackTraceElement[] trace = e.getStackTrace();
            return FuzzOutcome.failed(e + (trace.length > 0 ? " at " + trace[0] : ""));
        }
    }

    /** A refusal has to be true where that can be seen: a program that fails on every input fails on these. */
    private static FuzzOutcome refusal(CompileTarget target, DiagnosticCode code, List<List<Value>> tried) {
        if (code == CompileCode.NO_VALUES) {
            for (List<Value> input : tried) {
                if (Differential.expected(target, input).isPresent()) {
                    return FuzzOutcome.failed("refused as failing on every input, but not on " + input);
                }
            }
        }
        return new FuzzOutcome(Optional.empty(), Optional.of(code.id()));
    }

    private RandomProgram shrink(RandomProgram failing) {
        RandomProgram best = failing;
        int tries = 0;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (RandomProgram candidate : best.smaller()) {
                if (++tries > MAX_SHRINKING) {
                    return best;
                }
                if (candidate.source().length() < best.source().length()
                        && attempt(candidate).failure().isPresent()) {
                    best = candidate;
                    smaller = true;
                    break;
                }
            }
        }
        return best;
    }
}
