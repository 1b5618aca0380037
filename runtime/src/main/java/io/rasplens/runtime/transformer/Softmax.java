package io.rasplens.runtime.transformer;

/** Scores to a pattern, row by row. */
final class Softmax implements AttentionRows {
    private final AttentionRows scores;
    private final int keys;

    Softmax(AttentionRows scores, int keys) {
        this.scores = scores;
        this.keys = keys;
    }

    @Override
    public void row(int batch, int head, int query, double[] out, int offset) {
        scores.row(batch, head, query, out, offset);
        apply(out, offset, keys);
    }

    /**
     * exp(x - max) / Σ exp(x - max), in place; a row of -inf alone, which sees nothing, becomes zeros. The
     * exponential is our own, so that every machine gives the same bits.
     */
    static void apply(double[] x, int offset, int length) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + length; i++) {
            max = Math.max(max, x[i]);
        }
        if (max == Double.NEGATIVE_INFINITY) {
            java.util.Arrays.fill(x, offset, offset + length, 0);
            return;
        }
        double sum = 0;
        for (int i = offset; i < offset + length; i++) {
            x[i] = x[i] == max ? 1 : x[i] == Double.NEGATIVE_INFINITY ? 0 : Exponential.exp(x[i] - max);
            sum += x[i];
        }
        for (int i = offset; i < offset + length; i++) {
            x[i] /= sum;
        }
    }
}
