package io.rasplens.runtime.analysis.patch;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.analysis.Agreement;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/**
 * How much of the clean answer a run has, the mean over the inputs of the batch: 0 where its logits are those of the corrupted
 * input, 1 where they are those of the clean one. With several logits it measures the best of the clean run less the best of the
 * corrupted run, with one logit that number.
 *
 * <p>It measures where the decoded answers differ. Logits that differ by no more than rounding are the same answer: what is made of
 * such a difference is noise.
 */
public final class Recovery implements ToDoubleFunction<Tensor> {
    private final CompiledModel model;
    private final ImmutableList<MeasuredInput> places;

    /** What is measured of one input: position, best logits of both runs, and the measure of both. */
    private record MeasuredInput(int position, int wanted, int unwanted, double clean, double corrupted) {
        double of(Tensor logits, int row) {
            return (raw(logits, row, position, wanted, unwanted) - corrupted) / (clean - corrupted);
        }
    }

    private Recovery(CompiledModel model, ImmutableList<MeasuredInput> places) {
        this.model = model;
        this.places = places;
    }

    /**
     * Measures each input at one position, or at its first after BOS at which the answers differ.
     *
     * @param position BOS counted
     * @throws EngineException if the answers of an input do not differ there, so that nothing can come back
     */
    public static Recovery between(
            HookedTransformer model, TokenBatch clean, TokenBatch corrupted, OptionalInt position) {
        requireSameShape(clean, corrupted);
        if (position.isPresent() && (position.getAsInt() < 0 || position.getAsInt() >= clean.positions())) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    "there is no position " + position.getAsInt() + " among " + clean.positions() + ", BOS counted",
                    "positions count from 0, which is BOS");
        }
        Tensor cleanLogits = model.forward(clean);
        Tensor corruptedLogits = model.forward(corrupted);
        ImmutableList.Builder<MeasuredInput> places = ImmutableList.builder();
        for (int row = 0; row < clean.size(); row++) {
            places.add(place(model.model(), cleanLogits, corruptedLogits, clean, row, position));
        }
        return new Recovery(model.model(), places.build());
    }

    private static MeasuredInput place(
            CompiledModel model, Tensor clean, Tensor corrupted, TokenBatch tokens, int row, OptionalInt position) {
        // What stands at BOS is no part of an answer.
        int from = position.orElse(Math.min(1, tokens.positions() - 1));
        int to = position.isPresent() ? from + 1 : tokens.positions();
        for (int p = from; p < to; p++) {
            if (tokens.isReal(row, p) && differ(model, logits(clean, row, p), logits(corrupted, row, p))) {
                int wanted = best(clean, row, p);
                int unwanted = best(corrupted, row, p);
                return new MeasuredInput(
                        p,
                        wanted,
                        unwanted,
                        raw(clean, row, p, wanted, unwanted),
                        raw(corrupted, row, p, wanted, unwanted));
            }
        }
        throw new EngineException(
                EngineCode.NOTHING_TO_RECOVER,
                "both inputs have the same answer" + (position.isPresent() ? " at that position" : "")
                        + (tokens.size() > 1 ? ", those of row " + row : ""),
                "change the corrupted input so that its answer is another one");
    }

    /** Whether two rows of logits are different answers. */
    static boolean differ(CompiledModel model, double[] clean, double[] corrupted) {
        requireNumbers(clean);
        requireNumbers(corrupted);
        if (clean.length > 1) {
            return best(clean) != best(corrupted);
        }
        double bound = model.certificate().map(Certificate::numericError).orElse(0.0);
        double tolerance = Math.max(2 * bound, Agreement.TOLERANCE * Math.max(1, Math.abs(clean[0])));
        boolean listed = model.decoder().isPresent()
                && model.decoder().get() instanceof OutputDecoder.Numerical numerical
                && !numerical.values().isEmpty();
        return Math.abs(clean[0] - corrupted[0]) > tolerance
                && (!listed || !decode(model, clean).equals(decode(model, corrupted)));
    }

    private static Value decode(CompiledModel model, double[] logits) {
        return model.decoder().orElseThrow().decode(logits);
    }

    /** Where it measures an input, BOS counted. */
    public int position(int row) {
        return places.get(row).position();
    }

    /** Where it measures the first input, BOS counted. */
    public int position() {
        return position(0);
    }

    public ImmutableIntArray positions() {
        return ImmutableIntArray.copyOf(places.stream().mapToInt(MeasuredInput::position));
    }

    @Override
    public double applyAsDouble(Tensor logits) {
        double sum = 0;
        for (int row = 0; row < places.size(); row++) {
            sum += places.get(row).of(logits, row);
        }
        return sum / places.size();
    }

    /** The decoded answer where it measures an input; empty for a model that doesn't know values. */
    public java.util.Optional<Value> answer(Tensor logits, int row) {
        double[] measured = logits(logits, row, position(row));
        requireNumbers(measured);
        return model.decoder().map(decoder -> decoder.decode(measured));
    }

    static void requireSameShape(TokenBatch clean, TokenBatch corrupted) {
        if (clean.positions() != corrupted.positions() || clean.size() != corrupted.size()) {
            String what = clean.size() != corrupted.size()
                    ? "there are " + clean.size() + " clean inputs and " + corrupted.size() + " corrupted ones"
                    : "the clean input has " + clean.positions() + " positions, the corrupted one "
                            + corrupted.positions();
            throw new EngineException(EngineCode.WRONG_SHAPE, what, "patching needs two inputs of the same length");
        }
    }

    private static void requireNumbers(double[] logits) {
        for (double logit : logits) {
            if (Double.isNaN(logit)) {
                throw new EngineException(
                        EngineCode.INCONSISTENT_MODEL, "a logit is not a number, so that there is no answer");
            }
        }
    }

    private static double[] logits(Tensor logits, int row, int position) {
        int width = logits.size(2);
        return logits.toArray((row * logits.size(1) + position) * width, width);
    }

    private static double raw(Tensor logits, int row, int position, int wanted, int unwanted) {
        double value = logits.get(row, position, wanted);
        boolean single = logits.size(2) == 1;
        return single ? value : value - logits.get(row, position, unwanted);
    }

    private static int best(Tensor logits, int row, int position) {
        return best(logits(logits, row, position));
    }

    private static int best(double[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }
}
