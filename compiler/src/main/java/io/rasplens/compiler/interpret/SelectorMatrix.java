package io.rasplens.compiler.interpret;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A selector's value on an input: which key positions each query position selects, packed into bits. Immutable. */
public final class SelectorMatrix {
    private final int size;
    private final long[][] rows;

    /** Takes over {@code rows}; bits from {@code size} up must be zero. */
    SelectorMatrix(int size, long[][] rows) {
        this.size = size;
        this.rows = rows;
    }

    /** The input's length: the number of rows and of columns. */
    public int size() {
        return size;
    }

    public boolean selects(int query, int key) {
        if (key < 0 || key >= size) {
            throw new IndexOutOfBoundsException(key);
        }
        return (rows[query][key >>> 6] >>> key & 1) != 0;
    }

    /** How many keys {@code query} selects. */
    public int width(int query) {
        int count = 0;
        for (long word : rows[query]) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /** The keys that {@code query} selects, ascending. */
    public IntStream keys(int query) {
        return IntStream.iterate(nextKey(query, 0), key -> key >= 0, key -> nextKey(query, key + 1));
    }

    /** The first key from {@code from} up that {@code query} selects, or -1. */
    int nextKey(int query, int from) {
        long[] row = rows[query];
        if (from >= size) {
            return -1;
        }
        int word = from >>> 6;
        long bits = row[word] & (-1L << from);
        while (bits == 0) {
            if (++word == row.length) {
                return -1;
            }
            bits = row[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    boolean sameRow(int query, int other) {
        return rows[query] == rows[other] || Arrays.equals(rows[query], rows[other]);
    }

    long[] row(int query) {
        return rows[query];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SelectorMatrix matrix && Arrays.deepEquals(rows, matrix.rows) && size == matrix.size;
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(rows);
    }

    /** One line of 0 and 1 per query. */
    @Override
    public String toString() {
        var out = new StringBuilder();
        for (int query = 0; query < size; query++) {
            for (int key = 0; key < size; key++) {
                out.append(selects(query, key) ? '1' : '0');
            }
            out.append('\n');
        }
        return out.toString();
    }
}
