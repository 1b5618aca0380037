package io.rasplens.runtime.transformer.forward;

import io.rasplens.runtime.transformer.arithmetic.AttentionRows;
import io.rasplens.runtime.transformer.arithmetic.Exponential;
import io.rasplens.runtime.transformer.arithmetic.Scratch;
import java.util.Arrays;

/**
 * Scores to a pattern: exp(x - max) / Σ exp(x - max) over the keys, the sum going up; a row of -inf alone, which sees nothing,
 * becomes zeros. The exponential is our own, so that every machine gives the same bits.
 */
public final class Softmax implements AttentionRows {
    private final AttentionRows scores;
    private final int batch;
    private final int rows;
    private final double[] greatest;
    private final double[] total;

    Softmax(ForwardRun run, AttentionRows scores) {
        this.scores = scores;
        this.batch = run.lanes().batch();
        this.rows = run.lanes().rows();
        this.greatest = run.array(Scratch.GREATEST, batch == 1 ? 0 : batch);
        this.total = run.array(Scratch.TOTAL, batch == 1 ? 0 : batch);
    }

    @Override
    public void row(int head, int query, double[] out) {
        scores.row(head, query, out);
        if (batch == 1) {
            apply(out, 0, rows);
        } else {
            applyMany(out);
        }
    }

    /** One row, in place. */
    public static void apply(double[] x, int offset, int length) {
        int end = offset + length;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = offset; i < end; i++) {
            max = Math.max(max, x[i]);
        }
        if (max == Double.NEGATIVE_INFINITY) {
            Arrays.fill(x, offset, end, 0);
            return;
        }
        double sum = 0;
        double lastPower = 0;
        double last = 1;
        for (int i = offset; i < end; i++) {
            double power = x[i] - max;
            if (power != lastPower) {
                last = Exponential.exp(power);
                lastPower = power;
            }
            x[i] = x[i] == max ? 1 : last;
            sum += x[i];
        }
        for (int i = offset; i < end; i++) {
            x[i] /= sum;
        }
    }

    /** The rows of all inputs, {@code [key, batch]}, in place; each as {@link #apply} does it. */
    private void applyMany(double[] x) {
        Arrays.fill(greatest, 0, batch, Double.NEGATIVE_INFINITY);
        for (int at = 0; at < rows; at += batch) {
            for (int b = 0; b < batch; b++) {
                greatest[b] = Math.max(greatest[b], x[at + b]);
            }
        }
        Arrays.fill(total, 0, batch, 0);
        double lastPower = 0;
        double last = 1;
        for (int at = 0; at < rows; at += batch) {
            for (int b = 0; b < batch; b++) {
                double max = greatest[b];
                double score = x[at + b];
                if (score == max) {
                    x[at + b] = max == Double.NEGATIVE_INFINITY ? 0 : 1;
                } else {
                    double power = score - max;
                    if (power != lastPower) {
                        last = Exponential.exp(power);
                        lastPower = power;
                    }
                    x[at + b] = last;
                }
                total[b] += x[at + b];
            }
        }
        for (int b = 0; b < batch; b++) {
            total[b] = greatest[b] == Double.NEGATIVE_INFINITY ? 1 : total[b];
        }
        for (int at = 0; at < rows; at += batch) {
            for (int b = 0; b < batch; b++) {
                x[at + b] /= total[b];
            }
        }
    }
}
