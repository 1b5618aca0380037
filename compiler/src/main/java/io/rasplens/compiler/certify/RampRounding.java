package io.rasplens.compiler.certify;

/**
 * Roundings of the ramps left of a number x: {@code Σ change_k · relu(x - x_k)} as it is computed.
 *
 * <p>Ramp k's input rounds by {@code u (terms + 4) (size + |x_k|)} or less, its output by {@code 3 u (x - x_k)} with its weight's rounding, the
 * running sum after it by {@code u |y_k + slope_k (x - x_k)|}. All are linear in x, so that sums of the coefficients do for all ramps.
 */
final class RampRounding {
    private final FormBound x;
    private final double u;
    private double changes;
    private double changesAt;
    private double changesSize;
    private double slopes;
    private double slopesAt;
    private double heights;

    RampRounding(FormBound x, double u) {
        this.x = x;
        this.u = u;
    }

    /**
     * The next ramp.
     *
     * @param height the sum of the earlier ramps where this one starts
     * @param change of the slope
     * @param slope from there on
     */
    void add(double at, double height, double change, double slope) {
        changes += Math.abs(change);
        changesAt += Math.abs(change) * at;
        changesSize += Math.abs(change) * Math.abs(at);
        slopes += Math.abs(slope);
        slopesAt += Math.abs(slope) * at;
        heights += Math.abs(height);
    }

    /** Bound on what all of them make of a number not left of the last one. */
    double at(double number) {
        double distances = changes * number - changesAt;
        // An exact product and a constant add up with one rounding; the constant is stored as it is in float64 only.
        double inputs = x.single().exact()
                ? distances + (u > CertifyBlocks.FLOAT64 ? changesSize : 0)
                : (x.terms() + 4) * (changes * x.sizeAt(number) + changesSize);
        double sums = heights + slopes * number - slopesAt;
        return u * (inputs + 3 * distances + sums);
    }
}
