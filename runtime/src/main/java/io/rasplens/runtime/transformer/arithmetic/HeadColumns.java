package io.rasplens.runtime.transformer.arithmetic;

/**
 * An activation that each head has its own of, each as wide as the head is. Heads and columns that are not there are zero.
 */
public final class HeadColumns {
    private final double[] values;
    private final int[] starts;

    /**
     * Head h has the columns from {@code starts[h]} to {@code starts[h + 1]}.
     *
     * @param values {@code [column, stride]}
     */
    public HeadColumns(double[] values, int[] starts) {
        this.values = values;
        this.starts = starts;
    }

    public double[] values() {
        return values;
    }

    /** How many heads there are; the others are zero. */
    public int count() {
        return starts.length - 1;
    }

    /** Where a head begins; one that is not there begins and ends behind the last. */
    public int start(int head) {
        return starts[Math.min(head, count())];
    }

    /** 0 for a head that is not there. */
    public int width(int head) {
        return head < count() ? starts[head + 1] - starts[head] : 0;
    }

    /** {@code [batch, pos, nHeads, full]} */
    public double[] toRows(Lanes lanes, int nHeads, int full) {
        var out = new double[Math.toIntExact((long) lanes.rows() * nHeads * full)];
        for (int head = 0; head < count(); head++) {
            lanes.toRows(values, starts[head], width(head), out, head * full, nHeads * full);
        }
        return out;
    }

    /** Takes {@code [batch, pos, nHeads, width]} apart. */
    public static HeadColumns of(double[] rows, Lanes lanes, int nHeads, int width) {
        var values = new double[nHeads * width * lanes.stride()];
        var starts = new int[nHeads + 1];
        for (int head = 0; head < nHeads; head++) {
            starts[head + 1] = (head + 1) * width;
            lanes.toColumns(rows, head * width, width, nHeads * width, values, head * width);
        }
        return new HeadColumns(values, starts);
    }
}
