package io.rasplens.runtime.tensor;

import java.util.Arrays;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.sparse.csc.CommonOps_DSCC;

/**
 * The non-zero entries of a matrix, row by row, columns ascending: activations as well as weights. It is the compressed-column
 * form of the transpose, which EJML keeps.
 *
 * <p>All products here add up in ascending order of the inner index, starting from +0.0, and skip exact zeros. A sum that
 * starts at +0.0 never becomes -0.0, so skipping a zero term never changes a bit: narrow, padded, plain and patched runs agree
 * exactly. Against infinity and NaN an exact zero contributes nothing (IEEE would give NaN); compiled weights are mostly
 * exact zeros, which mean "not connected".
 */
public final class SparseRows {
    private final DMatrixSparseCSC transposed;

    private SparseRows(DMatrixSparseCSC transposed) {
        this.transposed = transposed;
    }

    /** The rows of a compressed-column matrix. */
    public static SparseRows of(DMatrixSparseCSC matrix) {
        DMatrixSparseCSC transposed = CommonOps_DSCC.transpose(matrix, null, null);
        return new SparseRows(transposed);
    }

    /** The non-zeros of {@code rows} dense rows of {@code width} numbers, from row {@code first} on. */
    public static SparseRows of(double[] dense, int width, int first, int rows) {
        int begin = first * width;
        int end = begin + rows * width;
        int count = 0;
        for (int i = begin; i < end; i++) {
            if (dense[i] != 0) {
                count++;
            }
        }
        var csc = new DMatrixSparseCSC(width, rows, count);
        csc.nz_length = count;
        csc.indicesSorted = true;
        int next = 0;
        for (int row = 0; row < rows; row++) {
            int base = begin + row * width;
            for (int column = 0; column < width; column++) {
                if (dense[base + column] != 0) {
                    csc.nz_rows[next] = column;
                    csc.nz_values[next++] = dense[base + column];
                }
            }
            csc.col_idx[row + 1] = next;
        }
        return new SparseRows(csc);
    }

    public int rows() {
        return transposed.numCols;
    }

    public int width() {
        return transposed.numRows;
    }

    /**
     * out += x[row]·w, where {@code out} starts at {@code offset}. Columns of x beyond the rows of w read nothing: they are
     * padding.
     */
    public static void addProduct(SparseRows x, int row, SparseRows w, double[] out, int offset) {
        DMatrixSparseCSC left = x.transposed;
        int inner = w.rows();
        for (int n = left.col_idx[row]; n < left.col_idx[row + 1] && left.nz_rows[n] < inner; n++) {
            w.addRow(left.nz_rows[n], left.nz_values[n], out, offset);
        }
    }

    /** out += factor·(this row). */
    public void addRow(int row, double factor, double[] out, int offset) {
        int[] columns = transposed.nz_rows;
        double[] values = transposed.nz_values;
        int end = transposed.col_idx[row + 1];
        for (int n = transposed.col_idx[row]; n < end; n++) {
            out[offset + columns[n]] += factor * values[n];
        }
    }

    /** out += this row, whose columns are {@code stride} apart there. */
    public void addColumns(int row, double[] out, int offset, int stride) {
        int[] columns = transposed.nz_rows;
        double[] values = transposed.nz_values;
        int end = transposed.col_idx[row + 1];
        for (int n = transposed.col_idx[row]; n < end; n++) {
            out[offset + columns[n] * stride] += values[n];
        }
    }

    /**
     * x·w + b for all rows, dense.
     *
     * @param bias one number per column of w; empty for zeros
     * @return {@code [x.rows, w.width]}
     */
    public static double[] affine(SparseRows x, SparseRows w, double[] bias) {
        int width = w.width();
        var out = new double[x.rows() * width];
        boolean biased = Arrays.stream(bias).anyMatch(b -> b != 0);
        for (int row = 0; row < x.rows(); row++) {
            addProduct(x, row, w, out, row * width);
            for (int column = 0; biased && column < width; column++) {
                out[row * width + column] += bias[column];
            }
        }
        return out;
    }
}
