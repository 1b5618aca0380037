package io.rasplens.compiler.circuit;

/**
 * How much higher than any other key BOS scores BOS, so that it sees only itself and what stands there never depends on the input. What
 * other keys leave at BOS is {@code e} to minus this of their values.
 */
public final class BosPin {
    /** What constructions write: more than any other key can have. */
    public static final double WRITTEN = 1000;

    /** From here on it is 0 in float64, as it has to be where a {@link HeadKind.Sum} takes it times {@code e^Λ}. */
    static final double EXACT = 750;

    /** Enough where no remainder is multiplied: 1e-28, which is lost beside anything but zero, and beside zero far below what is promised. */
    public static final double SOFT = 64;

    private BosPin() {}

    /** What every head of a circuit has to keep to. */
    static double least(Circuit circuit) {
        return circuit.hasSums() ? EXACT : SOFT;
    }
}
