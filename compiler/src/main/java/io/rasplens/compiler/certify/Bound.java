package io.rasplens.compiler.certify;

/**
 * What a direction can hold at the positions after BOS.
 *
 * @param low the least value it stands for
 * @param high the greatest
 * @param error how far the stored number may be from the value it stands for
 */
record Bound(double low, double high, double error) {
    static final Bound ZERO = new Bound(0, 0, 0);

    double magnitude() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    /** Holds nothing but zero, to the last bit. */
    boolean isExactZero() {
        return low == 0 && high == 0 && error == 0;
    }
}
