package io.rasplens.runtime.transformer.arithmetic;

/**
 * The arrays that one run after another works in, so that a run on which nobody looks allocates next to nothing. An array is
 * as long as the longest use of it was, and holds whatever the last use left.
 */
public final class Scratch {
    /** Numbers that are kept from one run to the next at most. */
    private static final int KEPT = 1 << 20;

    private final double[][] arrays = new double[SLOTS][0];

    public static final int STREAM = 0;
    public static final int NORMALIZED = 1;
    public static final int SCALES = 2;
    public static final int HEADS = 3;
    public static final int ROW = 4;
    public static final int GREATEST = 5;
    public static final int TOTAL = 6;
    public static final int MIXED = 7;
    public static final int SUM = 8;
    public static final int TERM = 9;
    public static final int HIDDEN = 10;
    public static final int LOGITS = 11;
    private static final int SLOTS = 12;

    public double[] get(int slot, int size) {
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
