package io.rasplens.runtime.transformer;

import io.rasplens.compiler.model.Weights;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.SparseRows;

/** W_E[tokens] + W_pos[0..P-1]. */
final class Embedding {
    private final SparseRows tokenRows;
    private final SparseRows positionRows;

    Embedding(Weights weights) {
        this.tokenRows = SparseRows.of(weights.embed().csc());
        this.positionRows = SparseRows.of(weights.posEmbed().csc());
    }

    /** {@code [rows, dModel]}, the residual stream before the first block. */
    double[] apply(Run run) {
        int width = tokenRows.width();
        var tokens = new double[run.rows() * width];
        var positions = new double[run.rows() * width];
        for (int row = 0; row < run.rows(); row++) {
            int position = row % run.positions();
            tokenRows.addRow(run.tokens().id(row / run.positions(), position), 1, tokens, row * width);
            positionRows.addRow(position, 1, positions, row * width);
        }
        tokens = run.hooked(HookName.embed(), tokens);
        positions = run.hooked(HookName.posEmbed(), positions);
        var resid = new double[tokens.length];
        for (int i = 0; i < resid.length; i++) {
            resid[i] = tokens[i] + positions[i];
        }
        return resid;
    }
}
