package io.rasplens.compiler.lower.gadget;

import io.rasplens.compiler.space.LinearForm;
import java.util.function.BiConsumer;

/**
 * A piecewise-linear function of one number: one hidden unit per break.
 *
 * <p>{@code f(x) = f(x0) + Σ (change of slope at x_k) · relu(x - x_k)}; noise in {@code x} passes on, times the slope.
 */
public final class Ramps {
    private Ramps() {}

    /**
     * Adds {@code f(x) - f(x0)} in direction {@code output} to the stream.
     *
     * @param xs strictly ascending, at least one
     * @param ys the values there
     */
    public static void add(
            LinearForm x, double[] xs, double[] ys, LinearForm output, BiConsumer<LinearForm, LinearForm> unit) {
        double slope = 0;
        for (int k = 0; k + 1 < xs.length; k++) {
            double next = (ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k]);
            if (next != slope) {
                unit.accept(x.plus(LinearForm.constant(-xs[k])), output.times(next - slope));
            }
            slope = next;
        }
    }
}
