package io.rasplens.runtime.analysis;

import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/**
 * How much of the clean answer a run has: 0 where its logits are those of the corrupted input, 1 where they are those of the
 * clean one. With several logits it measures the best of the clean run less the best of the corrupted run, with one logit
 * that number.
 */
public final class Recovery implements ToDoubleFunction<Tensor> {
    private final int position;
    private final int wanted;
    private final int unwanted;
    private final double corrupted;
    private final double clean;

    private Recovery(int position, int wanted, int unwanted, Tensor cleanLogits, Tensor corruptedLogits) {
        this.position = position;
        this.wanted = wanted;
        this.unwanted = unwanted;
        this.clean = raw(cleanLogits);
        this.corrupted = raw(corruptedLogits);
    }

    /**
     * Measures at one position, or at the first after BOS at which the answers differ.
     *
     * @param position BOS counted
     * @throws EngineException if the answers do not differ there, so that nothing can come back
     */
    public static Recovery between(
            HookedTransformer model, TokenBatch clean, TokenBatch corrupted, OptionalInt position) {
        if (clean.positions() != corrupted.positions()) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    "the clean input has " + clean.positions() + " positions, the corrupted one "
                            + corrupted.positions(),
                    "Patching needs two inputs of the same length.");
        }
        Tensor cleanLogits = model.forward(clean);
        Tensor corruptedLogits = model.forward(corrupted);
        // What stands at BOS is no part of an answer.
        int from = position.orElse(Math.min(1, clean.positions() - 1));
        int to = position.isPresent() ? from + 1 : clean.positions();
        for (int p = from; p < to; p++) {
            int wanted = best(cleanLogits, p);
            int unwanted = best(corruptedLogits, p);
            var recovery = new Recovery(p, wanted, unwanted, cleanLogits, corruptedLogits);
            if (recovery.clean != recovery.corrupted) {
                return recovery;
            }
        }
        throw new EngineException(
                EngineCode.NOTHING_TO_RECOVER,
                "both inputs have the same answer" + (position.isPresent() ? " at that position" : ""),
                "Change the corrupted input so that its answer is another one.");
    }

    /** Where it measures, BOS counted. */
    public int position() {
        return position;
    }

    @Override
    public double applyAsDouble(Tensor logits) {
        return (raw(logits) - corrupted) / (clean - corrupted);
    }

    private double raw(Tensor logits) {
        double value = logits.get(0, position, wanted);
        boolean single = logits.size(2) == 1;
        return single ? value : value - logits.get(0, position, unwanted);
    }

    private static int best(Tensor logits, int position) {
        int best = 0;
        for (int i = 1; i < logits.size(2); i++) {
            if (logits.get(0, position, i) > logits.get(0, position, best)) {
                best = i;
            }
        }
        return best;
    }
}
