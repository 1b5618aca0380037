package io.rasplens.compiler.random;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.infer.refusal.CompileCode;
import io.rasplens.compiler.lower.Differential;
import io.rasplens.compiler.lower.Lowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.program.CompileTarget;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compiles random programs and compares them with the interpreter. */
public final class Fuzz {
    /** Steps of shrinking tried before the best so far is shown. */
    private static final int MAX_SHRINKING = 3000;

    private static final int FEWEST_INPUTS = 4;

    /** Pairs of positions in the inputs of one program. */
    private static final int MOST_PAIRS = 1 << 17;

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
     * @param texts a typical refusal of each code, with its program
     * @param times how long each lowering took, in milliseconds, ascending
     * @param slowest the program that took longest
     */
    public record FuzzReport(
            int compared,
            ImmutableMap<String, Integer> refusals,
            ImmutableList<String> failures,
            ImmutableMap<String, String> texts,
            ImmutableLongArray times,
            String slowest) {

        /** Which part of the programs that mean something is refused, though the interpreter runs it on some input. */
        public double refused() {
            int refused = refusals.entrySet().stream()
                    .filter(entry ->
                            entry.getKey().startsWith("E07") && !entry.getKey().equals(CompileCode.NO_VALUES.id()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            return (double) refused / Math.max(1, compared + refused);
        }

        /** The time that only one of a hundred lowerings is above, in milliseconds. */
        public long slow() {
            return times.isEmpty() ? 0 : times.get(times.length() - 1 - times.length() / 100);
        }

        /** All of it, to be read by people. */
        public String summary() {
            var out = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%d compared, %.2f %% refused; 99 %% within %d ms, the slowest %d ms:%n%s",
                    compared,
                    100 * refused(),
                    slow(),
                    times.isEmpty() ? 0 : times.get(times.length() - 1),
                    slowest));
            refusals.forEach((code, count) -> out.append(code)
                    .append(": ")
                    .append(count)
                    .append(texts.containsKey(code) ? ", as\n" + texts.get(code) : "")
                    .append('\n'));
            return out.toString();
        }
    }

    /** Tries the programs of the seeds {@code first} to {@code first + count - 1}; stops at the third failure. */
    public FuzzReport run(long first, int count) {
        int compared = 0;
        var refusals = new TreeMap<String, Integer>();
        ImmutableList.Builder<String> failures = ImmutableList.builder();
        var texts = new TreeMap<String, String>();
        var times = new ArrayList<Long>();
        long most = -1;
        String slowest = "";
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
                outcome.text()
                        .ifPresent(text -> texts.putIfAbsent(outcome.refusal().get(), text + "\n" + program.source()));
            } else {
                compared++;
            }
            if (outcome.millis() > most) {
                most = outcome.millis();
                slowest = program.source();
            }
            times.add(outcome.millis());
        }
        return new FuzzReport(
                compared,
                ImmutableMap.copyOf(refusals),
                failures.build(),
                ImmutableMap.copyOf(texts),
                ImmutableLongArray.copyOf(times.stream().sorted().toList()),
                slowest);
    }

    /** Neither: the program agrees. */
    private record FuzzOutcome(Optional<String> failure, Optional<String> refusal, Optional<String> text, long millis) {
        static FuzzOutcome failed(String what) {
            return new FuzzOutcome(Optional.of(what), Optional.empty(), Optional.empty(), 0);
        }

        static FuzzOutcome refused(String code, String text, long millis) {
            return new FuzzOutcome(Optional.empty(), Optional.of(code), Optional.of(text), millis);
        }
    }

    private FuzzOutcome attempt(RandomProgram program) {
        try {
            Result<CompileTarget> target = RaspCompiler.elaborate(
                            SourceFile.of("random.rasp", program.source()), new MemoryLoader(ImmutableMap.of()))
                    .then(e -> RaspCompiler.elaborateTarget(e, CompileOptions.DEFAULT));
            if (target instanceof Result.Failure<CompileTarget> rejected) {
                Diagnostic first = rejected.diagnostics().get(0);
                return FuzzOutcome.refused("elaboration " + first.code().id(), first.message(), 0);
            }
            long start = System.nanoTime();
            Result<CompiledModel> model = lowering.lower(target.orThrow());
            long millis = (System.nanoTime() - start) / 1_000_000;
            List<List<Value>> tried = Differential.inputs(target.orThrow(), affordable(target.orThrow()), 11);
            if (model instanceof Result.Failure<CompiledModel> refused) {
                return refusal(target.orThrow(), refused.diagnostics().get(0), tried, millis);
            }
            if (model.orThrow().provenance().anatomy().isEmpty()) {
                return FuzzOutcome.failed("some head doesn't say which keys it selects");
            }
            return new FuzzOutcome(
                    Differential.firstMismatch(target.orThrow(), model.orThrow(), tried)
                            .map(m -> "on " + m.input() + " the interpreter says " + m.expected() + ", the model "
                                    + m.actual()),
                    Optional.empty(),
                    Optional.empty(),
                    millis);
        } catch (RuntimeException | StackOverflowError e) {
            StackTraceElement[] trace = e.getStackTrace();
            return FuzzOutcome.failed(e + (trace.length > 0 ? " at " + trace[0] : ""));
        }
    }

    /** A refusal has to be true where that can be seen: a program that fails on every input fails on these. */
    private static FuzzOutcome refusal(CompileTarget target, Diagnostic refused, List<List<Value>> tried, long millis) {
        DiagnosticCode code = refused.code();
        if (code == CompileCode.NO_VALUES) {
            for (List<Value> input : tried) {
                if (Differential.expected(target, input).isPresent()) {
                    return FuzzOutcome.failed("refused as failing on every input, but not on " + input);
                }
            }
        }
        return FuzzOutcome.refused(code.id(), refused.message(), millis);
    }

    /** Fewer long inputs than short ones: each takes the square of its length. */
    private int affordable(CompileTarget target) {
        int pairs = target.maxLength() * target.maxLength();
        return Math.max(FEWEST_INPUTS, Math.min(inputs, MOST_PAIRS / pairs));
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
