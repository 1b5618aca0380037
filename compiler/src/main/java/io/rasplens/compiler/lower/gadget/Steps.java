package io.rasplens.compiler.lower.gadget;

import io.rasplens.compiler.space.LinearForm;
import java.util.function.BiConsumer;

/**
 * A saturating step: two hidden units whose difference is 0 left of a threshold and 1 right of it.
 *
 * <p>{@code step(x) = relu(a(x - t) + 1/2) - relu(a(x - t) - 1/2)} with {@code a = 2 / gap} is exactly flat from a quarter of the gap
 * on either side of {@code t}, so noise below gap/4 in {@code x} does not pass. The constants read {@code one}, which is 0 on BOS: both
 * units are exactly 0 there.
 */
public final class Steps {
    private Steps() {}

    /**
     * Adds {@code step(x)} times {@code change} to the stream.
     *
     * @param left the greatest value of {@code x} before the step
     * @param right the least value after it
     * @param unit takes input and output of each hidden unit
     */
    public static void add(
            LinearForm x, double left, double right, LinearForm change, BiConsumer<LinearForm, LinearForm> unit) {
        double slope = 2 / (right - left);
        double threshold = left + (right - left) / 2;
        LinearForm scaled = x.times(slope).plus(LinearForm.constant(-slope * threshold));
        unit.accept(scaled.plus(LinearForm.constant(0.5)), change);
        unit.accept(scaled.plus(LinearForm.constant(-0.5)), change.times(-1));
    }
}
