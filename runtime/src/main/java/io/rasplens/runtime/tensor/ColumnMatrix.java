package io.rasplens.runtime.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixSparseCSC;

/**
 * A weight matrix in the form that the engine multiplies by: its non-zeros column by column, in each by ascending row.
 *
 * <p>Activations stand beside it column by column too: {@code x[column * stride + row]}, with a stride that is a multiple of
 * four, so that one weight meets many rows at once. All sums go up in the inner index, starting from +0.0; exact zeros of the
 * matrix are left out. A sum that starts at +0.0 never becomes -0.0, so a term that is zero never changes a bit: narrow, padded,
 * single and batched runs agree exactly.
 */
public final class ColumnMatrix {
    /** Rows whose sums are in registers at a time: with fewer, one sum waits for another. */
    private static final int EIGHT = 8;

    /** From so many rows on the machine's vectors go through them, a few of a column's weights at a time. */
    private static final int MANY = 96;

    private final int[] starts;
    private final int[] inner;
    private final double[] values;
    private final int[] filled;

    private ColumnMatrix(int[] starts, int[] inner, double[] values) {
        this.starts = starts;
        this.inner = inner;
        this.values = values;
        this.filled = IntStream.range(0, starts.length - 1)
                .filter(column -> starts[column + 1] > starts[column])
                .toArray();
    }

    public static ColumnMatrix of(DMatrixSparseCSC matrix) {
        return beside(List.of(matrix));
    }

    /** Several matrices of the same rows, their columns one after another. */
    public static ColumnMatrix beside(List<DMatrixSparseCSC> matrices) {
        int columns = matrices.stream().mapToInt(matrix -> matrix.numCols).sum();
        int entries = matrices.stream().mapToInt(matrix -> matrix.nz_length).sum();
        var starts = new int[columns + 1];
        var inner = new int[entries];
        var values = new double[entries];
        int column = 0;
        int next = 0;
        for (DMatrixSparseCSC matrix : matrices) {
            for (int c = 0; c < matrix.numCols; c++) {
                starts[++column] = next + matrix.col_idx[c + 1];
            }
            System.arraycopy(matrix.nz_rows, 0, inner, next, matrix.nz_length);
            System.arraycopy(matrix.nz_values, 0, values, next, matrix.nz_length);
            next += matrix.nz_length;
        }
        return new ColumnMatrix(starts, inner, values);
    }

    public int columns() {
        return starts.length - 1;
    }

    /** The columns that have a non-zero, ascending. The caller must not write to it. */
    public int[] filled() {
        return filled;
    }

    /**
     * out = x·w + b for some columns, each written to its own place in {@code out}.
     *
     * @param x {@code [rows of w, stride]}, from column {@code first} of the array on
     * @param bias one number per column of w; empty for zeros
     */
    public void multiply(double[] x, int first, double[] bias, double[] out, int from, int to, int stride) {
        for (int column = from; column < to; column++) {
            multiply(x, first, bias.length == 0 ? 0 : bias[column], out, column, stride);
        }
    }

    /** The same for one column. */
    public void multiply(double[] x, int first, double bias, double[] out, int column, int stride) {
        int to = column * stride;
        if (stride >= MANY) {
            many(x, first * stride, column, stride, bias, out, to);
            return;
        }
        int row = 0;
        for (; row + EIGHT <= stride; row += EIGHT) {
            eight(x, first * stride + row, column, stride, bias, out, to + row);
        }
        if (row < stride) {
            four(x, first * stride + row, column, stride, bias, out, to + row);
        }
    }

    /**
     * sum += x·w: each column's sum is made by itself and then added.
     *
     * @param x {@code [rows of w, stride]}, from column {@code first} of the array on
     * @param sum {@code [columns of w, stride]}, from column {@code sumFirst} of the array on
     * @param term room for one column
     */
    public void add(double[] x, int first, double[] sum, int sumFirst, double[] term, int stride) {
        for (int column : filled) {
            int to = (sumFirst + column) * stride;
            int row = 0;
            if (stride >= MANY) {
                many(x, first * stride, column, stride, 0, term, 0);
                row = stride;
            }
            for (; row + EIGHT <= stride; row += EIGHT) {
                eight(x, first * stride + row, column, stride, 0, term, row);
            }
            if (row < stride) {
                four(x, first * stride + row, column, stride, 0, term, row);
            }
            for (row = 0; row < stride; row++) {
                sum[to + row] += term[row];
            }
        }
    }

    /** Eight rows of one column, their sums in registers; {@code x} is read from {@code from} on, {@code out} written at {@code to}. */
    private void eight(double[] x, int from, int column, int stride, double bias, double[] out, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double e = 0;
        double f = 0;
        double g = 0;
        double h = 0;
        int end = starts[column + 1];
        for (int n = starts[column]; n < end; n++) {
            int at = from + inner[n] * stride;
            double w = values[n];
            a += w * x[at];
            b += w * x[at + 1];
            c += w * x[at + 2];
            d += w * x[at + 3];
            e += w * x[at + 4];
            f += w * x[at + 5];
            g += w * x[at + 6];
            h += w * x[at + 7];
        }
        out[to] = a + bias;
        out[to + 1] = b + bias;
        out[to + 2] = c + bias;
        out[to + 3] = d + bias;
        out[to + 4] = e + bias;
        out[to + 5] = f + bias;
        out[to + 6] = g + bias;
        out[to + 7] = h + bias;
    }

    /** The same for four rows, the last of an odd number of fours. */
    private void four(double[] x, int from, int column, int stride, double bias, double[] out, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int end = starts[column + 1];
        for (int n = starts[column]; n < end; n++) {
            int at = from + inner[n] * stride;
            double w = values[n];
            a += w * x[at];
            b += w * x[at + 1];
            c += w * x[at + 2];
            d += w * x[at + 3];
        }
        out[to] = a + bias;
        out[to + 1] = b + bias;
        out[to + 2] = c + bias;
        out[to + 3] = d + bias;
    }

    /** All rows of one column, up to four of its weights in one loop. */
    private void many(double[] x, int from, int column, int stride, double bias, double[] out, int to) {
        int n = starts[column];
        int end = starts[column + 1];
        switch (end - n) {
            case 0 -> Arrays.fill(out, to, to + stride, 0.0 + bias);
            case 1 -> one(x, from + inner[n] * stride, values[n], bias, out, to, stride);
            case 2 ->
                two(
                        x,
                        from + inner[n] * stride,
                        values[n],
                        from + inner[n + 1] * stride,
                        values[n + 1],
                        bias,
                        out,
                        to,
                        stride);
            default -> {
                two(
                        x,
                        from + inner[n] * stride,
                        values[n],
                        from + inner[n + 1] * stride,
                        values[n + 1],
                        0,
                        out,
                        to,
                        stride);
                addMore(x, from, n + 2, end, stride, out, to);
                for (int i = to; bias != 0 && i < to + stride; i++) {
                    out[i] += bias;
                }
            }
        }
    }

    private void addMore(double[] x, int from, int start, int end, int stride, double[] out, int to) {
        int n = start;
        for (; n + 3 < end; n += 4) {
            addFour(
                    x,
                    from + inner[n] * stride,
                    values[n],
                    from + inner[n + 1] * stride,
                    values[n + 1],
                    from + inner[n + 2] * stride,
                    values[n + 2],
                    from + inner[n + 3] * stride,
                    values[n + 3],
                    out,
                    to,
                    stride);
        }
        for (; n < end; n++) {
            addOne(x, from + inner[n] * stride, values[n], out, to, stride);
        }
    }

    private static void one(double[] x, int a, double v, double bias, double[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = 0.0 + v * x[a + i] + bias;
        }
    }

    private static void two(
            double[] x, int a, double v, int b, double w, double bias, double[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = 0.0 + v * x[a + i] + w * x[b + i] + bias;
        }
    }

    private static void addOne(double[] x, int a, double v, double[] out, int to, int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = out[to + i] + v * x[a + i];
        }
    }

    private static void addFour(
            double[] x,
            int a,
            double s,
            int b,
            double t,
            int c,
            double u,
            int d,
            double v,
            double[] out,
            int to,
            int count) {
        for (int i = 0; i < count; i++) {
            out[to + i] = out[to + i] + s * x[a + i] + t * x[b + i] + u * x[c + i] + v * x[d + i];
        }
    }
}
