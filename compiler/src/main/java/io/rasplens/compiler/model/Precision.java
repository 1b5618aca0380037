package io.rasplens.compiler.model;

/**
 * How far a number that comes out of a model may be from the one that the interpreter gives: the one promise from which all other
 * tolerances are derived.
 */
public final class Precision {
    /** Of numbers up to 1; beyond, relative to their size. */
    public static final double PROMISED = 1e-9;

    /** Of numbers that are always ints, the nearest of which is the answer: half of what would make it another. */
    public static final double WHOLE = 0.25;

    private Precision() {}

    /** The promise at a number of some size. */
    public static double at(double number) {
        return PROMISED * Math.max(1, Math.abs(number));
    }
}
