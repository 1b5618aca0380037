package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.program.RaspProgram;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import io.rasplens.runtime.analysis.Verification.Divergence;
import io.rasplens.runtime.analysis.Verification.Mismatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Runs a transformer and the interpreter side by side on all inputs up to a length, or on a seeded sample, and tells every
 * disagreement, the first one shrunk to its smallest form and located.
 */
public final class Verifier {
    /** How many mismatches are kept; the rest is only counted. */
    public static final int MOST_MISMATCHES = 100;

    /** Numbers in the largest activation of one batch, so that a batch takes some ten megabytes. */
    private static final int BATCH_NUMBERS = 1 << 20;

    private static final int MOST_PER_BATCH = 256;

    /** Runs that make a mismatch smaller; enough for inputs of some hundred tokens. */
    private static final int MOST_SHRINKING = 2_000;

    private final Subject subject;
    private final RaspProgram program;
    private final VerifyOptions options;
    private final Answers answers;

    private final VerifyWatch watch;
    private boolean stopped;
    private final List<ImmutableList<Value>> batch = new ArrayList<>();
    private final List<ImmutableList<Value>> batchExpected = new ArrayList<>();
    private final List<Mismatch> mismatches = new ArrayList<>();
    private long mismatchCount;
    private long checked;
    private long programErrors;
    private Optional<ImmutableList<Value>> failing = Optional.empty();
    private double maxError;
    private double minMargin = Double.POSITIVE_INFINITY;

    Verifier(Subject subject, RaspProgram program, VerifyOptions options) {
        this(subject, program, options, VerifyWatch.NONE);
    }

    Verifier(Subject subject, RaspProgram program, VerifyOptions options, VerifyWatch watch) {
        this.watch = watch;
        this.subject = subject;
        this.program = program;
        this.options = options;
        this.answers = new Answers(subject, program);
    }

    /**
     * Compares a model that knows its values with the program it was compiled from.
     *
     * @param options inputs over the model's vocabulary, no longer than it takes
     */
    public static Verification verify(HookedTransformer model, RaspProgram program, VerifyOptions options) {
        return verify(model, program, options, VerifyWatch.NONE);
    }

    /** The same with somebody who watches. */
    public static Verification verify(
            HookedTransformer model, RaspProgram program, VerifyOptions options, VerifyWatch watch) {
        return new Verifier(new HookedSubject(model), program, options, watch).verify();
    }

    Verification verify() {
        var space = new InputSpace(options);
        space.forEachWhile(input -> {
            add(input);
            return !stopped;
        });
        runBatch();
        Optional<Divergence> divergence = mismatches.isEmpty() ? Optional.empty() : Optional.of(explainFirst());
        boolean exhaustive = space.exhaustive() && !stopped;
        Optional<UndefinedInputs> undefined = failing.map(found -> new UndefinedInputs(
                FindUndefinedInputs.shrink(program, options.vocabulary(), found), checked, programErrors, exhaustive));
        return new Verification(
                program.name(),
                checked,
                exhaustive,
                ImmutableList.copyOf(mismatches),
                mismatchCount,
                divergence,
                undefined,
                maxError,
                minMargin == Double.POSITIVE_INFINITY ? OptionalDouble.empty() : OptionalDouble.of(minMargin));
    }

    private void add(ImmutableList<Value> input) {
        checked++;
        Optional<ImmutableList<Value>> expected = answers.expected(input);
        if (expected.isEmpty()) {
            programErrors++;
            if (failing.isEmpty() || input.size() < failing.get().size()) {
                failing = Optional.of(input);
            }
            stopped = programErrors % MOST_PER_BATCH == 0 && !watch.goesOn(checked);
            return;
        }
        boolean full = !batch.isEmpty()
                && (batch.get(0).size() != input.size() || batch.size() >= batchSize(input.size() + 1));
        if (full) {
            runBatch();
            stopped = !watch.goesOn(checked - 1);
            if (stopped) {
                checked--;
                return;
            }
        }
        batch.add(input);
        batchExpected.add(expected.get());
    }

    private void runBatch() {
        if (batch.isEmpty()) {
            return;
        }
        List<ImmutableList<Answers.Decoded>> decoded = answers.decoded(batch);
        for (int i = 0; i < batch.size(); i++) {
            measure(batchExpected.get(i), decoded.get(i));
            Optional<Mismatch> mismatch = Answers.compare(batch.get(i), batchExpected.get(i), decoded.get(i));
            if (mismatch.isPresent()) {
                mismatchCount++;
                if (mismatches.size() < MOST_MISMATCHES) {
                    mismatches.add(mismatch.get());
                }
            }
        }
        batch.clear();
        batchExpected.clear();
    }

    private void measure(ImmutableList<Value> expected, ImmutableList<Answers.Decoded> decoded) {
        boolean categorical = answers.decoder() instanceof OutputDecoder.Categorical;
        for (int i = 0; i < expected.size(); i++) {
            Answers.Decoded answer = decoded.get(i);
            minMargin = Math.min(minMargin, answer.margin());
            if (categorical || answer.broken()) {
                count(answer.broken() ? Double.MAX_VALUE : Agreement.error(expected.get(i), answer.value()));
            } else if (expected.get(i).isNumeric()) {
                double wanted = Values.toDouble(expected.get(i));
                count(wanted == answer.number() ? 0 : Math.abs(wanted - answer.number()));
            }
        }
    }

    /** Errors are kept finite, so that they can be written as JSON. */
    private void count(double error) {
        maxError = Math.max(maxError, Double.isNaN(error) ? Double.MAX_VALUE : Math.min(error, Double.MAX_VALUE));
    }

    private Divergence explainFirst() {
        ImmutableList<Value> shrunk = new ShrinkInput(
                        options.vocabulary(),
                        smaller -> answers.mismatch(smaller).isPresent(),
                        MOST_SHRINKING)
                .shrink(mismatches.get(0).input());
        Mismatch smallest = answers.mismatch(shrunk).orElse(mismatches.get(0));
        mismatches.removeIf(m -> m.input().equals(smallest.input()));
        mismatches.add(0, smallest);
        if (mismatches.size() > MOST_MISMATCHES) {
            mismatches.remove(mismatches.size() - 1);
        }
        return new LocateDivergence(subject, program).locate(smallest, answers.ids(smallest.input()));
    }

    private int batchSize(int positions) {
        TransformerConfig config = subject.model().config();
        long perInput = (long) positions
                * Math.max(
                        Math.max(config.dModel(), config.dMlp()),
                        Math.max((long) config.nHeads() * positions, (long) config.nHeads() * config.dHead()));
        return (int) Math.max(1, Math.min(MOST_PER_BATCH, BATCH_NUMBERS / Math.max(1, perInput)));
    }
}
