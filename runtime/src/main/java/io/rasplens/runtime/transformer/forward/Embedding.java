package io.rasplens.runtime.transformer.forward;

import io.rasplens.compiler.model.Weights;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.SparseRows;
import io.rasplens.runtime.transformer.arithmetic.Columns;
import io.rasplens.runtime.transformer.arithmetic.Lanes;
import io.rasplens.runtime.transformer.arithmetic.Scratch;
import java.util.Arrays;

/** W_E[tokens] + W_pos[0..P-1]. */
final class Embedding {
    private static final HookName EMBED = HookName.embed();
    private static final HookName POS_EMBED = HookName.posEmbed();

    private final SparseRows tokenRows;
    private final SparseRows positionRows;

    Embedding(Weights weights) {
        this.tokenRows = SparseRows.of(weights.embed().csc());
        this.positionRows = SparseRows.of(weights.posEmbed().csc());
    }

    /** The residual stream before the first block. */
    double[] apply(ForwardRun run) {
        int width = tokenRows.width();
        double[] stream = run.columns(Scratch.STREAM, width);
        Arrays.fill(stream, 0, width * run.lanes().stride(), 0);
        if (!run.watched()) {
            addTokens(run, stream);
            addPositions(run, stream);
            return stream;
        }
        addTokens(run, stream);
        double[] positions = new double[stream.length];
        addPositions(run, positions);
        double[] tokens = run.hooked(EMBED, new Columns(stream, width), width).values();
        positions = run.hooked(POS_EMBED, new Columns(positions, width), width).values();
        return TransformerBlock.sum(tokens, positions);
    }

    private void addTokens(ForwardRun run, double[] out) {
        Lanes lanes = run.lanes();
        for (int p = 0; p < lanes.positions(); p++) {
            for (int b = 0; b < lanes.batch(); b++) {
                tokenRows.addColumns(run.token(b, p), out, p * lanes.batch() + b, lanes.stride());
            }
        }
    }

    private void addPositions(ForwardRun run, double[] out) {
        Lanes lanes = run.lanes();
        for (int row = 0; row < lanes.rows(); row++) {
            positionRows.addColumns(row / lanes.batch(), out, row, lanes.stride());
        }
    }
}
