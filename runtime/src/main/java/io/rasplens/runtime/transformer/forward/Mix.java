package io.rasplens.runtime.transformer.forward;

import io.rasplens.runtime.transformer.arithmetic.AttentionRows;
import io.rasplens.runtime.transformer.arithmetic.HeadColumns;
import io.rasplens.runtime.transformer.arithmetic.Lanes;
import java.util.Arrays;

/**
 * z = pattern·v, for one query and head after another.
 *
 * <p>As in {@link AttentionScores}, exact zeros contribute nothing, not even against infinity: a sum that has become NaN is made anew
 * without them.
 */
final class Mix {
    private final Lanes lanes;
    private final HeadColumns v;
    private final double[] z;
    private final int[] seen;

    /**
     * @param z where to write, {@code [column, stride]}; the heads' columns follow each other as in v
     */
    Mix(Lanes lanes, HeadColumns v, double[] z) {
        this.lanes = lanes;
        this.v = v;
        this.z = z;
        this.seen = new int[lanes.batch() == 1 ? lanes.positions() : 0];
    }

    /** Fills one head's columns. */
    void head(AttentionRows pattern, int head, double[] row) {
        if (v.width(head) == 0) {
            return;
        }
        for (int query = 0; query < lanes.positions(); query++) {
            pattern.row(head, query, row);
            if (lanes.batch() == 1) {
                one(head, query, row);
            } else {
                many(head, query, row);
            }
        }
    }

    private void one(int head, int query, double[] row) {
        int count = 0;
        for (int key = 0; key < lanes.positions(); key++) {
            if (row[key] != 0) {
                seen[count++] = key;
            }
        }
        int stride = lanes.stride();
        double[] values = v.values();
        int width = v.width(head);
        int from = v.start(head) * stride;
        int to = (v.start(head) - v.start(0)) * stride + query;
        int c = 0;
        for (; c + 3 < width; c += 4) {
            double a0 = 0;
            double a1 = 0;
            double a2 = 0;
            double a3 = 0;
            for (int n = 0; n < count; n++) {
                double weight = row[seen[n]];
                int at = from + c * stride + seen[n];
                a0 += weight * values[at];
                a1 += weight * values[at + stride];
                a2 += weight * values[at + 2 * stride];
                a3 += weight * values[at + 3 * stride];
            }
            z[to + c * stride] = a0;
            z[to + (c + 1) * stride] = a1;
            z[to + (c + 2) * stride] = a2;
            z[to + (c + 3) * stride] = a3;
        }
        for (; c < width; c++) {
            double sum = 0;
            for (int n = 0; n < count; n++) {
                sum += row[seen[n]] * values[from + c * stride + seen[n]];
            }
            z[to + c * stride] = sum;
        }
        mendNaN(head, query, row);
    }

    private void many(int head, int query, double[] row) {
        int batch = lanes.batch();
        int stride = lanes.stride();
        double[] values = v.values();
        for (int c = 0; c < v.width(head); c++) {
            int from = (v.start(head) + c) * stride;
            int to = (v.start(head) - v.start(0) + c) * stride + query * batch;
            Arrays.fill(z, to, to + batch, 0);
            int at = 0;
            for (; at + 3 * batch < lanes.rows(); at += 4 * batch) {
                add4(row, at, values, from + at, to);
            }
            for (; at < lanes.rows(); at += batch) {
                for (int b = 0; b < batch; b++) {
                    z[to + b] += row[at + b] * values[from + at + b];
                }
            }
        }
        mendNaN(head, query, row);
    }

    /** Four keys at once, so that a sum is read and written once for all of them; its terms keep their order. */
    private void add4(double[] row, int at, double[] values, int from, int to) {
        int batch = lanes.batch();
        for (int b = 0; b < batch; b++) {
            z[to + b] = z[to + b]
                    + row[at + b] * values[from + b]
                    + row[at + batch + b] * values[from + batch + b]
                    + row[at + 2 * batch + b] * values[from + 2 * batch + b]
                    + row[at + 3 * batch + b] * values[from + 3 * batch + b];
        }
    }

    private void mendNaN(int head, int query, double[] row) {
        int batch = lanes.batch();
        for (int c = 0; c < v.width(head); c++) {
            int to = (v.start(head) - v.start(0) + c) * lanes.stride() + query * batch;
            for (int b = 0; b < batch; b++) {
                if (Double.isNaN(z[to + b])) {
                    z[to + b] = withoutZeros((v.start(head) + c) * lanes.stride() + b, row, b);
                }
            }
        }
    }

    private double withoutZeros(int from, double[] row, int b) {
        double sum = 0;
        for (int at = 0; at < lanes.rows(); at += lanes.batch()) {
            double weight = row[at + b];
            double value = v.values()[from + at];
            sum += weight == 0 || value == 0 ? 0 : weight * value;
        }
        return sum;
    }
}
