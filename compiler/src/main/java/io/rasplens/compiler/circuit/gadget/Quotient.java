package io.rasplens.compiler.circuit.gadget;

import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;

/**
 * A mean {@code s / w} from one number: {@code s} is a sum of w values from 0 to R, and the number is {@code s + B w}, the sum of the
 * values each B higher.
 *
 * <p>For each w the quotient is linear in s, so the whole is piecewise linear in the number: two breaks for each w from 1 to N. With
 * {@code B = 2 R N + 2} the pieces of two widths lie more than {@code R N} apart, and go on for a quarter of that on either side, so
 * that noise never meets the steep pieces between them. The units are off on the side of the great widths, where the pieces are flat:
 * a great number times the steep slopes of the small widths would round off the last digits.
 *
 * @param low the least value
 * @param spread R: how far the greatest value lies above the least
 * @param most N: the most values there can be
 */
public record Quotient(double low, double spread, int most) {

    /** Of values from {@code low} to {@code high}; a range of nothing is taken for one of a thousandth. */
    public static Quotient of(double low, double high, int most) {
        return new Quotient(low, Math.max(high - low, 1e-3), most);
    }

    /** What has to be added to each value before it is summed. */
    public double raise() {
        return step() - low;
    }

    private double step() {
        return 2 * spread * most + 2;
    }

    /** How far from any number that can be the pieces of its width go on. */
    private double room() {
        return (step() - spread * most) / 4;
    }

    /** What {@link #units} leaves to be added: the quotient at the greatest number. */
    public double offset() {
        return low + spread + room() / most;
    }

    /**
     * Writes the quotient less {@link #offset}.
     *
     * @param number the sum of the raised values
     * @param fallback the quotient where there are no values
     */
    public UnitGroup units(LinearForm number, double fallback, LinearForm output, PartOrigin origin) {
        double[] xs = new double[2 * most + 2];
        double[] ys = new double[2 * most + 2];
        int last = xs.length - 1;
        xs[last - 1] = -room();
        ys[last] = fallback;
        ys[last - 1] = fallback;
        for (int w = 1; w <= most; w++) {
            xs[last - 2 * w] = -(step() * w - room());
            ys[last - 2 * w] = low - room() / w;
            xs[last - 2 * w - 1] = -(step() * w + spread * w + room());
            ys[last - 2 * w - 1] = low + spread + room() / w;
        }
        return Ramps.of(number.times(-1), xs, ys, output, 1, room(), origin);
    }
}
