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
    /** Of one query, the columns in which some input is not zero. */
    private final int[] live;

    AttentionScores(ForwardRun run, HeadColumns q, HeadColumns k) {
        this.run = run;
        this.lanes = run.lanes();
        this.q = q;
        this.k = k;
        this.live = new int[lanes.batch() == 1 ? 0 : widest()];
    }

    private int widest() {
        int widest = 0;
        for (int head = 0; head < q.count(); head++) {
            widest = Math.max(widest, q.width(head));
        }
        return widest;
    }

    @Override
    public void row(int head, int query, double[] out) {
        int batch = lanes.batch();
        int keys = run.config().causal() ? query + 1 : lanes.positions();
        int seen = keys * batch;
        int width = Math.min(q.width(head), k.width(head));
        if (width == 0) {
            // Also of a head that the layer has not: it has no columns anywhere.
            Arrays.fill(out, 0, seen, 0);
        } else {
            add(q.start(head) * lanes.stride() + query * batch, k.start(head) * lanes.stride(), width, keys, out);
        }
        finish(head, query, seen, out);
        Arrays.fill(out, seen, lanes.rows(), Double.NEGATIVE_INFINITY);
        if (run.hasPadding()) {
            hidePadding(keys, out);
        }
    }

    private void add(int from, int to, int width, int keys, double[] out) {
        if (lanes.batch() > 1) {
            addMany(from, to, width, keys, out);
            return;
        }
        Arrays.fill(out, 0, keys, 0);
        for (int c = 0; c < width; c++) {
            addOne(q.values()[from + c * lanes.stride()], to + c * lanes.stride(), keys, out);
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

    /** Four inputs and two keys at a time, their eight sums in registers, so that a query's numbers are read once for both. */
    private void addMany(int from, int to, int width, int keys, double[] out) {
        int stride = lanes.stride();
        int batch = lanes.batch();
        int count = 0;
        for (int c = 0; c < width; c++) {
            if (!isZero(from + c * stride)) {
                live[count++] = c * stride;
            }
        }
        int key = 0;
        for (; key + 1 < keys; key += 2) {
            int b = 0;
            for (; b + 3 < batch; b += 4) {
                fourByTwo(from + b, to + key * batch + b, count, out, key * batch + b);
            }
            for (; b < batch; b++) {
                one(from + b, to + key * batch + b, count, out, key * batch + b);
                one(from + b, to + (key + 1) * batch + b, count, out, (key + 1) * batch + b);
            }
        }
        for (int b = 0; key < keys && b < batch; b++) {
            one(from + b, to + key * batch + b, count, out, key * batch + b);
        }
    }

    private boolean isZero(int from) {
        double[] query = q.values();
        for (int b = 0; b < lanes.batch(); b++) {
            if (query[from + b] != 0) {
                return false;
            }
        }
        return true;
    }

    private void fourByTwo(int from, int to, int count, double[] out, int at) {
        double[] query = q.values();
        double[] key = k.values();
        int batch = lanes.batch();
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        for (int n = 0; n < count; n++) {
            int left = from + live[n];
            int right = to + live[n];
            int next = right + batch;
            double w = query[left];
            double x = query[left + 1];
            double y = query[left + 2];
            double z = query[left + 3];
            a += w * key[right];
            b += x * key[right + 1];
            c += y * key[right + 2];
            d += z * key[right + 3];
            e += w * key[next];
            f += x * key[next + 1];
            g += y * key[next + 2];
            h += z * key[next + 3];
        }
        out[at] = a;
        out[at + 1] = b;
        out[at + 2] = c;
        out[at + 3] = d;
        out[at + batch] = e;
        out[at + batch + 1] = f;
        out[at + batch + 2] = g;
        out[at + batch + 3] = h;
    }

    private void one(int from, int to, int count, double[] out, int at) {
        double sum = 0;
        for (int n = 0; n < count; n++) {
            sum += q.values()[from + live[n]] * k.values()[to + live[n]];
        }
        out[at] = sum;
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
