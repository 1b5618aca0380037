package io.rasplens.runtime.tensor;

import com.google.common.primitives.ImmutableIntArray;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Token ids for one run, {@code [batch, pos]}, shorter rows filled up at the end. BOS, if the model wants one, is among them.
 */
public final class TokenBatch {
    private final int[][] ids;
    private final boolean[][] real;
    private final int positions;
    private final boolean padded;

    private TokenBatch(int[][] ids, boolean[][] real, int positions) {
        this.ids = ids;
        this.real = real;
        this.positions = positions;
        boolean any = false;
        for (boolean[] row : real) {
            for (boolean place : row) {
                any |= !place;
            }
        }
        this.padded = any;
    }

    /**
     * A batch of rows of possibly different lengths.
     *
     * @param padding id that fills up short rows; wherever it stands it is padding and no query sees it. Absent: the rows
     *     must be of one length
     */
    public static TokenBatch of(List<int[]> rows, OptionalInt padding) {
        int longest = 0;
        boolean even = true;
        for (int[] row : rows) {
            even &= longest == 0 || row.length == longest;
            longest = Math.max(longest, row.length);
            if (row.length == 0) {
                throw nothing();
            }
        }
        if (rows.isEmpty()) {
            throw nothing();
        }
        if (padding.isEmpty() && !even) {
            throw new EngineException(
                    EngineCode.NO_PADDING_TOKEN,
                    "the inputs have different lengths, and the model names no token to fill up the short ones with",
                    "name a padding id, or run the inputs one by one");
        }
        var ids = new int[rows.size()][];
        var real = new boolean[rows.size()][longest];
        for (int b = 0; b < ids.length; b++) {
            int[] row = rows.get(b);
            ids[b] = Arrays.copyOf(row, longest);
            for (int p = 0; p < longest; p++) {
                if (p >= row.length) {
                    ids[b][p] = padding.orElseThrow();
                }
                real[b][p] = padding.isEmpty() || ids[b][p] != padding.getAsInt();
            }
        }
        return new TokenBatch(ids, real, longest);
    }

    private static EngineException nothing() {
        return new EngineException(EngineCode.EMPTY_INPUT, "there is no token to run on", "give at least one token");
    }

    /** The same rows, all of them {@code times} times one after another: {@code a b a b} of {@code a b}. */
    public TokenBatch repeated(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("a batch repeated " + times + " times");
        }
        var moreIds = new int[ids.length * times][];
        var moreReal = new boolean[ids.length * times][];
        for (int row = 0; row < moreIds.length; row++) {
            moreIds[row] = ids[row % ids.length];
            moreReal[row] = real[row % ids.length];
        }
        return new TokenBatch(moreIds, moreReal, positions);
    }

    public int size() {
        return ids.length;
    }

    /** Positions of the longest row. */
    public int positions() {
        return positions;
    }

    public int id(int row, int position) {
        return ids[row][position];
    }

    /** Whether there is padding anywhere. */
    public boolean isPadded() {
        return padded;
    }

    /** False where there is only padding. */
    public boolean isReal(int row, int position) {
        return real[row][position];
    }

    /** One row, padding included. */
    public ImmutableIntArray row(int row) {
        return ImmutableIntArray.copyOf(ids[row]);
    }

    @Override
    public String toString() {
        return "TokenBatch" + Arrays.deepToString(ids);
    }
}
