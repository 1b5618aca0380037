package io.rasplens.compiler.circuit;

/**
 * What queries are multiplied by because the engine divides scores by {@code sqrt(dHead)}: that root, rounded up to few digits. Scores
 * that are ints then add up to the last bit before they are divided, so that equal ones come out equal, as they would not with a factor
 * of many digits.
 */
public final class ScoreScale {
    /** Binary digits of the factor; enough of float32's 24 are left for hardness and keys. */
    public static final int DIGITS = 10;

    /** Scores, and the noise in them, are greater than they should be by less than this, relative to each. */
    public static final double EXCESS = 0x1p-9;

    private ScoreScale() {}

    /**
     * The factor.
     *
     * @param scale what the engine divides by
     */
    public static double before(double scale) {
        double digit = Math.scalb(1.0, Math.getExponent(scale) + 1 - DIGITS);
        return Math.ceil(scale / digit) * digit;
    }
}
