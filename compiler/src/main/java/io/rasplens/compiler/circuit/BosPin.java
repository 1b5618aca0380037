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

    /**
     * Enough where no remainder is multiplied: 1e-28, which is lost beside anything but zero, and beside zero far below what is promised.
     */
    public static final double SOFT = 64;

    private BosPin() {}

    /**
     * What every head of a circuit has to keep to. A {@link HeadKind.Count} takes what stands at BOS up to B times, and what one block makes
     * of it stands there for the next: so {@code e} to minus this is {@code e^-64} over the product of the blocks' greatest B.
     */
    public static double least(Circuit circuit) {
        if (circuit.hasSums()) {
            return EXACT;
        }
        double multiplied = 0;
        for (Block block : circuit.blocks()) {
            double most = 1;
            for (Head head : block.heads()) {
                most = head.kind() instanceof HeadKind.Count count ? Math.max(most, count.bosWeight()) : most;
            }
            multiplied += StrictMath.log(most);
        }
        // Whole, so that what is taken off and added meets it exactly.
        return Math.min(EXACT, SOFT + Math.ceil(multiplied));
    }
}
