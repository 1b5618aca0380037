package io.rasplens.compiler.model;

import java.util.Arrays;
import org.ejml.data.DMatrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.data.DMatrixSparseTriplet;
import org.ejml.ops.DConvertMatrixStruct;

/**
 * An immutable weight matrix, {@code [rows, columns]}, kept sparse. Rows are what it reads, columns what it writes: vectors
 * stand on the left.
 */
public final class WeightMatrix {
    private final DMatrixSparseCSC values;

    private WeightMatrix(DMatrixSparseCSC values) {
        this.values = values;
    }

    public static WeightMatrix zeros(int rows, int columns) {
        return new WeightMatrix(new DMatrixSparseCSC(rows, columns, 0));
    }

    /** Copies any EJML matrix; exact zeros are dropped. */
    public static WeightMatrix copyOf(DMatrix matrix) {
        DMatrixSparseCSC copy;
        if (matrix instanceof DMatrixSparseCSC sparse) {
            copy = sparse.copy();
            removeZeros(copy);
        } else if (matrix instanceof DMatrixRMaj dense) {
            copy = DConvertMatrixStruct.convert(dense, (DMatrixSparseCSC) null, 0);
        } else {
            throw new IllegalArgumentException("unexpected matrix " + matrix.getClass());
        }
        copy.sortIndices(null);
        return new WeightMatrix(copy);
    }

    /** Keeps NaN, which EJML's own method would take for a zero. */
    private static void removeZeros(DMatrixSparseCSC matrix) {
        int next = 0;
        int from = 0;
        for (int column = 0; column < matrix.numCols; column++) {
            int to = matrix.col_idx[column + 1];
            for (int n = from; n < to; n++) {
                if (matrix.nz_values[n] != 0) {
                    matrix.nz_rows[next] = matrix.nz_rows[n];
                    matrix.nz_values[next++] = matrix.nz_values[n];
                }
            }
            from = to;
            matrix.col_idx[column + 1] = next;
        }
        matrix.nz_length = next;
    }

    public static Builder builder(int rows, int columns) {
        return new Builder(rows, columns);
    }

    public int rows() {
        return values.getNumRows();
    }

    public int columns() {
        return values.getNumCols();
    }

    public int nonZeros() {
        return values.getNonZeroLength();
    }

    public double get(int row, int column) {
        return values.get(row, column);
    }

    /** The matrix as EJML compressed columns, rows sorted within a column. The caller must not modify it. */
    public DMatrixSparseCSC csc() {
        return values;
    }

    /** A dense copy. */
    public DMatrixRMaj toDense() {
        return DConvertMatrixStruct.convert(values, (DMatrixRMaj) null);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WeightMatrix that
                && rows() == that.rows()
                && columns() == that.columns()
                && nonZeros() == that.nonZeros()
                && Arrays.equals(values.col_idx, 0, columns() + 1, that.values.col_idx, 0, columns() + 1)
                && Arrays.equals(values.nz_rows, 0, nonZeros(), that.values.nz_rows, 0, nonZeros())
                && Arrays.equals(values.nz_values, 0, nonZeros(), that.values.nz_values, 0, nonZeros());
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows() + columns()) + nonZeros();
    }

    @Override
    public String toString() {
        return "WeightMatrix[" + rows() + " x " + columns() + ", " + nonZeros() + " non-zeros]";
    }

    /** Collects entries; entries at the same place add up. */
    public static final class Builder {
        private final DMatrixSparseTriplet triplets;

        private Builder(int rows, int columns) {
            triplets = new DMatrixSparseTriplet(rows, columns, 16);
        }

        public Builder add(int row, int column, double value) {
            if (value != 0) {
                triplets.addItemCheck(row, column, value);
            }
            return this;
        }

        public WeightMatrix build() {
            DMatrixSparseCSC csc = DConvertMatrixStruct.convert(triplets, (DMatrixSparseCSC) null);
            org.ejml.sparse.csc.CommonOps_DSCC.duplicatesAdd(csc, null);
            return copyOf(csc);
        }
    }
}
