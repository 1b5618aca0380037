package io.rasplens.compiler.certify;

/**
 * Roundings of the ramps left of a number x: {@code Σ change_k · relu(x - x_k)} as it is computed.
 *
 * <p>Ramp k's input rounds by {@code u (x - x_k)} as its constant is added, and by {@code 2u} times the constant in that; its output by
 * {@code 3u (x - x_k)} with its weight's rounding; the running sum after it by {@code u |y_k + slope_k (x - x_k)|}. All are linear in
 * x, so that sums of the coefficients do for all ramps.
 */
final class RampRounding {
    private final double u;
    private double changes;
    private double changesAt;
    private double constants;
    private double slopes;
    private double slopesAt;
    private double heights;

    RampRounding(double u) {
        this.u = u;
    }

    /**
     * The next ramp.
     *
     * @param at where it starts
     * @param constant what its input adds to the number, or 0 where that is stored exactly
     * @param height the sum of the earlier ramps where this one starts
     * @param change of the slope
     * @param slope from there on
     */
    void add(double at, double constant, double height, double change, double slope) {
        changes += Math.abs(change);
        changesAt += Math.abs(change) * at;
        constants += Math.abs(change) * Math.abs(constant);
        slopes += Math.abs(slope);
        slopesAt += Math.abs(slope) * at;
        heights += Math.abs(height);
    }

    /** Bound on what all of them make of a number not left of the last one. */
    double at(double number) {
        double distances = changes * number - changesAt;
        double sums = heights + slopes * number - slopesAt;
        return u * (4 * distances + 2 * constants + sums);
    }
}
