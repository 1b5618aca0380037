package io.rasplens.runtime.store;

import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.runtime.store.safetensors.ElementSink;
import java.io.IOException;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.sparse.csc.CommonOps_DSCC;

/** A sparse matrix turned so that its rows can be written one after another, zeros filled in. */
public final class TransposedRows {
    private final DMatrixSparseCSC transposed;

    private TransposedRows(DMatrixSparseCSC transposed) {
        this.transposed = transposed;
    }

    public static TransposedRows of(WeightMatrix matrix) {
        DMatrixSparseCSC transposed = CommonOps_DSCC.transpose(matrix.csc(), null, null);
        transposed.sortIndices(null);
        return new TransposedRows(transposed);
    }

    /** All rows, each padded with zeros to the width, and rows of zeros to the height. */
    public void writeTo(ElementSink sink, int height, int width) throws IOException {
        int rows = transposed.getNumCols();
        for (int row = 0; row < rows; row++) {
            int column = 0;
            for (int i = transposed.col_idx[row]; i < transposed.col_idx[row + 1]; i++) {
                sink.zeros(transposed.nz_rows[i] - column);
                sink.add(transposed.nz_values[i]);
                column = transposed.nz_rows[i] + 1;
            }
            sink.zeros(width - column);
        }
        sink.zeros((long) (height - rows) * width);
    }
}
