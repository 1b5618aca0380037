package io.rasplens.runtime.transformer.forward;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.WeightMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixSparseCSC;

/**
 * Heads without what can't make a difference: heads that write nothing, directions in which query or key is always zero, and
 * those in which the value is or nobody reads it. What is left out would only add zeros. A head of a padded file has many
 * such; a layer that the compiler filled up has heads that are nothing else.
 */
final class LiveHeads {
    private LiveHeads() {}

    /** The heads that write, cut down. */
    static ImmutableList<HeadWeights> of(List<HeadWeights> heads) {
        return heads.stream()
                .map(LiveHeads::cut)
                .filter(head -> head.valueWidth() > 0)
                .collect(ImmutableList.toImmutableList());
    }

    private static HeadWeights cut(HeadWeights head) {
        int[] compared = IntStream.range(0, head.queryKeyWidth())
                .filter(c -> filled(head.wQ(), head.bQ(), c) && filled(head.wK(), head.bK(), c))
                .toArray();
        DMatrixSparseCSC wO = head.wO().csc();
        int[] read = IntStream.range(0, head.valueWidth())
                .filter(c -> filled(head.wV(), head.bV(), c)
                        && IntStream.range(0, wO.nz_length).anyMatch(n -> wO.nz_rows[n] == c))
                .toArray();
        return new HeadWeights(
                columns(head.wQ(), compared),
                entries(head.bQ(), compared),
                columns(head.wK(), compared),
                entries(head.bK(), compared),
                columns(head.wV(), read),
                entries(head.bV(), read),
                rows(head.wO(), read));
    }

    private static boolean filled(WeightMatrix matrix, ImmutableDoubleArray bias, int column) {
        int[] starts = matrix.csc().col_idx;
        return starts[column + 1] > starts[column] || bias.get(column) != 0;
    }

    private static ImmutableDoubleArray entries(ImmutableDoubleArray vector, int[] places) {
        return ImmutableDoubleArray.copyOf(IntStream.of(places).mapToDouble(vector::get));
    }

    private static WeightMatrix columns(WeightMatrix matrix, int[] kept) {
        DMatrixSparseCSC csc = matrix.csc();
        WeightMatrix.Builder cut = WeightMatrix.builder(matrix.rows(), kept.length);
        for (int c = 0; c < kept.length; c++) {
            for (int n = csc.col_idx[kept[c]]; n < csc.col_idx[kept[c] + 1]; n++) {
                cut.add(csc.nz_rows[n], c, csc.nz_values[n]);
            }
        }
        return cut.build();
    }

    private static WeightMatrix rows(WeightMatrix matrix, int[] kept) {
        DMatrixSparseCSC csc = matrix.csc();
        var places = new int[matrix.rows()];
        Arrays.fill(places, -1);
        for (int i = 0; i < kept.length; i++) {
            places[kept[i]] = i;
        }
        WeightMatrix.Builder cut = WeightMatrix.builder(kept.length, matrix.columns());
        for (int c = 0; c < matrix.columns(); c++) {
            for (int n = csc.col_idx[c]; n < csc.col_idx[c + 1]; n++) {
                if (places[csc.nz_rows[n]] >= 0) {
                    cut.add(places[csc.nz_rows[n]], c, csc.nz_values[n]);
                }
            }
        }
        return cut.build();
    }
}
