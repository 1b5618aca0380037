package io.rasplens.runtime.transformer.arithmetic;

/**
 * How the rows of a run lie within a column of an activation: position by position, and within a position the inputs of the
 * batch side by side; so what is done at one position is done to all inputs in one loop.
 *
 * @param batch inputs
 * @param positions of each
 */
public record Lanes(int batch, int positions) {
    private static final int UNIT = 4;
    /** Numbers that the cache keeps in one line. */
    private static final int LINE = 8;
    /** From here on a line more is next to nothing. */
    private static final int MANY = 128;

    /** Rows that go through the layers together, so that what one layer leaves is still near when the next reads it. */
    private static final int ROWS = 768;
    /** Fewer inputs side by side are not worth a loop, more no better. */
    private static final int FEWEST = 32;

    private static final int MOST = 128;
    /** Inputs this long fill the loops by themselves. */
    private static final int LONG = 32;

    /** How many inputs of so many positions are best taken together. */
    public static int together(int positions) {
        return positions >= LONG ? 1 : Math.max(FEWEST, Math.min(MOST, ROWS / positions / LINE * LINE));
    }

    /** Rows of an activation {@code [batch, pos, …]}. */
    public int rows() {
        return batch * positions;
    }

    /**
     * From one column to the next: the rows, filled up to whole fours with numbers that nobody reads; many of them to an odd
     * number of eights, as columns that are a multiple of a large power of two apart have but a few places in the cache.
     */
    public int stride() {
        int rows = rows();
        return rows < MANY ? (rows + UNIT - 1) / UNIT * UNIT : ((rows + LINE - 1) / LINE | 1) * LINE;
    }

    /** Columns, {@code [column, pos, batch]}, to rows {@code [batch, pos, full]}, the columns that are not there zero. */
    public double[] toRows(double[] columns, int width, int full) {
        var out = new double[Math.multiplyExact(rows(), full)];
        toRows(columns, 0, width, out, 0, full);
        return out;
    }

    /** The same for some of the columns, each row going to its {@code step} of {@code out}, from {@code to} on. */
    public void toRows(double[] columns, int first, int width, double[] out, int to, int step) {
        int stride = stride();
        for (int b = 0; b < batch; b++) {
            for (int p = 0; p < positions; p++) {
                int row = to + (b * positions + p) * step;
                int from = first * stride + p * batch + b;
                for (int c = 0; c < width; c++) {
                    out[row + c] = columns[from + c * stride];
                }
            }
        }
    }

    /** Rows {@code [batch, pos, width]} to columns; {@code rows} may go on to other inputs before and behind. */
    public void toColumns(double[] rows, int from, int width, int step, double[] columns, int first) {
        int stride = stride();
        for (int b = 0; b < batch; b++) {
            for (int p = 0; p < positions; p++) {
                int row = from + (b * positions + p) * step;
                int to = first * stride + p * batch + b;
                for (int c = 0; c < width; c++) {
                    columns[to + c * stride] = rows[row + c];
                }
            }
        }
    }

    /** {@code [query, key, batch]} of each head to {@code [batch, head, query, key]}. */
    public double[] toPattern(double[] perHead, int heads) {
        var out = new double[perHead.length];
        int next = 0;
        for (int b = 0; b < batch; b++) {
            for (int row = 0; row < heads * positions; row++) {
                int from = row * rows() + b;
                for (int key = 0; key < positions; key++) {
                    out[next++] = perHead[from + key * batch];
                }
            }
        }
        return out;
    }

    /** The inverse of {@link #toPattern}. */
    public double[] fromPattern(double[] pattern, int heads) {
        var out = new double[pattern.length];
        int next = 0;
        for (int b = 0; b < batch; b++) {
            for (int row = 0; row < heads * positions; row++) {
                int to = row * rows() + b;
                for (int key = 0; key < positions; key++) {
                    out[to + key * batch] = pattern[next++];
                }
            }
        }
        return out;
    }
}
