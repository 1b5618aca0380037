package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.tensor.Rows;
import io.rasplens.runtime.tensor.SparseRows;
import java.util.stream.IntStream;

/**
 * Attention scores q·kᵀ / attn_scale, -inf for a key that the query may not see: one after it in a causal model, or padding.
 *
 * <p>Keys are kept by column, so that a query that is one-hot, or nearly, touches only the keys that answer it.
 */
final class Scores implements AttentionRows {
    private final Run run;
    private final ImmutableList<SparseRows> queries;
    /** By batch, then head: {@code [qk, pos]}. */
    private final ImmutableList<ImmutableList<SparseRows>> keyColumns;

    Scores(Run run, HeadRows q, HeadRows k) {
        this.run = run;
        int positions = run.positions();
        int heads = Math.min(q.count(), k.count());
        queries = IntStream.range(0, heads)
                .mapToObj(head -> q.head(head).sparse(0, run.rows()))
                .collect(ImmutableList.toImmutableList());
        keyColumns = IntStream.range(0, run.batch())
                .mapToObj(batch -> IntStream.range(0, heads)
                        .mapToObj(head -> columns(k.head(head), batch * positions, positions))
                        .collect(ImmutableList.toImmutableList()))
                .collect(ImmutableList.toImmutableList());
    }

    private static SparseRows columns(Rows keys, int first, int rows) {
        return keys.sparse(first, rows).transpose();
    }

    @Override
    public void row(int batch, int head, int query, double[] out, int offset) {
        int positions = run.positions();
        for (int key = 0; key < positions; key++) {
            out[offset + key] = 0;
        }
        if (head < queries.size()) {
            SparseRows.addProduct(
                    queries.get(head),
                    batch * positions + query,
                    keyColumns.get(batch).get(head),
                    out,
                    offset);
        }
        double scale = run.config().attnScale();
        int visible = run.config().causal() ? query : positions - 1;
        for (int key = 0; key < positions; key++) {
            boolean seen = key <= visible && run.tokens().isReal(batch, key);
            out[offset + key] = seen ? out[offset + key] / scale : Double.NEGATIVE_INFINITY;
        }
    }
}
