package io.rasplens.runtime.transformer.forward;

import io.rasplens.runtime.transformer.arithmetic.AttentionRows;
import io.rasplens.runtime.transformer.arithmetic.HeadColumns;
import io.rasplens.runtime.transformer.arithmetic.Lanes;
import java.util.Arrays;

/**
 * Attention scores q·kᵀ / attn_scale, -inf for a key that the query may not see: one after it in a causal model, or padding.
 *
 * <p>Exact zeros of queries and keys contribute nothing, not even against infinity. The loops leave them in, as adding a zero
 * changes no bit, and make a sum anew without them where one has become NaN.
 */
final class AttentionScores implements AttentionRows {
    private final ForwardRun run;
    private final Lanes lanes;
    private final HeadColumns q;
    private final HeadColumns k;

    AttentionScores(ForwardRun run, HeadColumns q, HeadColumns k) {
        this.run = run;
        this.lanes = run.lanes();
        this.q = q;
        this.k = k;
    }

    @Override
    public void row(int head, int query, double[] out) {
        int batch = lanes.batch();
        int keys = run.config().causal() ? query + 1 : lanes.positions();
        int seen = keys * batch;
        Arrays.fill(out, 0, seen, 0);
        int width = Math.min(q.width(head), k.width(head));
        for (int c = 0; c < width; c++) {
            int from = (q.start(head) + c) * lanes.stride() + query * batch;
            int to = (k.start(head) + c) * lanes.stride();
            if (batch == 1) {
                addOne(q.values()[from], to, seen, out);
            } else {
                addMany(from, to, keys, out);
            }
        }
        finish(head, query, seen, out);
        Arrays.fill(out, seen, lanes.rows(), Double.NEGATIVE_INFINITY);
        if (run.hasPadding()) {
            hidePadding(keys, out);
        }
    }

    private void addOne(double factor, int to, int keys, double[] out) {
        double[] key = k.values();
        if (factor != 0) {
            for (int i = 0; i < keys; i++) {
                out[i] += factor * key[to + i];
            }
        }
    }

    private void addMany(int from, int to, int keys, double[] out) {
        double[] query = q.values();
        double[] key = k.values();
        int batch = lanes.batch();
        boolean zero = true;
        for (int b = 0; b < batch && zero; b++) {
            zero = query[from + b] == 0;
        }
        for (int at = 0; !zero && at < keys * batch; at += batch) {
            for (int b = 0; b < batch; b++) {
                out[at + b] += query[from + b] * key[to + at + b];
            }
        }
    }

    private void finish(int head, int query, int seen, double[] out) {
        boolean broken = false;
        for (int i = 0; i < seen; i++) {
            broken |= Double.isNaN(out[i]);
        }
        for (int i = 0; broken && i < seen; i++) {
            out[i] = Double.isNaN(out[i]) ? withoutZeros(head, query, i) : out[i];
        }
        double scale = run.config().attnScale();
        for (int i = 0; i < seen; i++) {
            out[i] /= scale;
        }
    }

    /** One score: key {@code row / batch} for the input {@code row % batch}. */
    private double withoutZeros(int head, int query, int row) {
        double sum = 0;
        for (int c = 0; c < Math.min(q.width(head), k.width(head)); c++) {
            double left =
                    q.values()[(q.start(head) + c) * lanes.stride() + query * lanes.batch() + row % lanes.batch()];
            double right = k.values()[(k.start(head) + c) * lanes.stride() + row];
            sum += left == 0 || right == 0 ? 0 : left * right;
        }
        return sum;
    }

    private void hidePadding(int keys, double[] out) {
        for (int key = 0; key < keys; key++) {
            for (int b = 0; b < lanes.batch(); b++) {
                if (run.isPadding(b, key)) {
                    out[key * lanes.batch() + b] = Double.NEGATIVE_INFINITY;
                }
            }
        }
    }
}
