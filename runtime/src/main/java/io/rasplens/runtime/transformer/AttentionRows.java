package io.rasplens.runtime.transformer;

/** An activation {@code [batch, head, query, key]} that is made row by row, as it is asked for. */
@FunctionalInterface
interface AttentionRows {
    /** Writes one query's row over all keys to {@code out} from {@code offset} on. */
    void row(int batch, int head, int query, double[] out, int offset);

    /** Rows kept in full. */
    static AttentionRows of(double[] values, int heads, int positions) {
        return (batch, head, query, out, offset) -> System.arraycopy(
                values, ((batch * heads + head) * positions + query) * positions, out, offset, positions);
    }
}
