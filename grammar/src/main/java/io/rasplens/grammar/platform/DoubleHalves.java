package io.rasplens.grammar.platform;

/**
 * The bits of a double as two ints. JavaScript has no 64-bit integers but slow ones on the heap, so a page has another class in place of
 * this one, and what it does often asks here for bits.
 */
public final class DoubleHalves {
    private DoubleHalves() {}

    /** Sign, exponent and the upper 20 digits. */
    public static int high(double x) {
        return (int) (Double.doubleToRawLongBits(x) >>> Integer.SIZE);
    }

    /** The lower 32 digits. */
    public static int low(double x) {
        return (int) Double.doubleToRawLongBits(x);
    }

    /** The double of these two halves. */
    public static double of(int high, int low) {
        return Double.longBitsToDouble(((long) high << Integer.SIZE) | Integer.toUnsignedLong(low));
    }
}
