package io.rasplens.runtime.transformer.arithmetic;

/** An activation {@code [head, query, key, batch]} that is made query by query, as it is asked for. */
public interface AttentionRows {
    /** Writes one query's numbers over all keys, {@code [key, batch]}. */
    void row(int head, int query, double[] out);

    /** All of them, in a new array. */
    default double[] all(int heads, Lanes lanes) {
        var all = new double[Math.toIntExact((long) heads * lanes.positions() * lanes.rows())];
        var row = new double[lanes.rows()];
        for (int i = 0; i < heads * lanes.positions(); i++) {
            row(i / lanes.positions(), i % lanes.positions(), row);
            System.arraycopy(row, 0, all, i * row.length, row.length);
        }
        return all;
    }

    /** Rows kept in full. */
    static AttentionRows of(double[] all, Lanes lanes) {
        int length = lanes.rows();
        return (head, query, out) -> System.arraycopy(all, (head * lanes.positions() + query) * length, out, 0, length);
    }
}
