package io.rasplens.runtime.transformer;

/**
 * The arrays that one run after another works in, so that a run on which nobody looks allocates next to nothing. An array is
 * as long as the longest use of it was, and holds whatever the last use left.
 */
final class Scratch {
    /** Numbers that are kept from one run to the next at most. */
    private static final int KEPT = 1 << 20;

    private final double[][] arrays = new double[SLOTS][0];

    static final int STREAM = 0;
    static final int NORMALIZED = 1;
    static final int SCALES = 2;
    static final int HEADS = 3;
    static final int ROW = 4;
    static final int GREATEST = 5;
    static final int TOTAL = 6;
    static final int MIXED = 7;
    static final int SUM = 8;
    static final int TERM = 9;
    static final int HIDDEN = 10;
    static final int LOGITS = 11;
    private static final int SLOTS = 12;

    double[] get(int slot, int size) {
        if (arrays[slot].length < size) {
            arrays[slot] = new double[size];
        }
        return arrays[slot];
    }

    boolean worthKeeping() {
        long size = 0;
        for (double[] array : arrays) {
            size += array.length;
        }
        return size <= KEPT;
    }
}
