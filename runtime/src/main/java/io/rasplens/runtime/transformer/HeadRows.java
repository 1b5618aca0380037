package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.tensor.Rows;

/**
 * An activation that each head has its own of, each as wide as the head is. Heads and columns that are not there are zero.
 */
final class HeadRows {
    private static final Rows NOTHING = new Rows(new double[0], 0);

    private final ImmutableList<Rows> heads;

    HeadRows(ImmutableList<Rows> heads) {
        this.heads = heads;
    }

    /** How many heads there are; the others are zero. */
    int count() {
        return heads.size();
    }

    /** One head's rows; of width 0 for a head that is not there. */
    Rows head(int head) {
        return head < heads.size() ? heads.get(head) : NOTHING;
    }

    /** Fills {@code [rows, nHeads, width]}. */
    double[] pad(double[] out, int nHeads, int width) {
        for (int head = 0; head < heads.size(); head++) {
            heads.get(head).copyInto(out, head * width, nHeads * width);
        }
        return out;
    }

    /** Takes {@code [rows, nHeads, width]} apart. */
    static HeadRows unpad(double[] values, int nHeads, int width) {
        var heads = ImmutableList.<Rows>builder();
        int stride = nHeads * width;
        int rows = stride == 0 ? 0 : values.length / stride;
        for (int head = 0; head < nHeads; head++) {
            var own = new double[rows * width];
            for (int row = 0; row < rows; row++) {
                System.arraycopy(values, row * stride + head * width, own, row * width, width);
            }
            heads.add(new Rows(own, width));
        }
        return new HeadRows(heads.build());
    }
}
