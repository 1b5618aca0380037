package io.rasplens.compiler.model;

import com.google.common.base.MoreObjects;
import com.google.common.base.Suppliers;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler promises about a model's numbers. How it bears float32 and edits takes longer to find out than all else, and is worked
 * out where it is first asked for, from any thread.
 */
public final class Certificate {
    private final double attentionLeak;
    private final double thresholdMargin;
    private final double numericError;
    private final double largestWeight;
    private final Supplier<Robustness> robustness;

    /**
     * How a model bears coarser arithmetic and edits of its activations.
     *
     * @param numericError32 bound on the error of any number that is read as a number, with float32 weights and arithmetic
     * @param tolerance the largest edit of the residual stream that is certain to change no decoded answer: every coordinate of every row
     *     may be off by so much of its range, at every hook point, all at once. Numbers that are not looked up in a list move under any
     *     edit; see {@code movement}
     * @param toleranceLimitedBy the s-op that larger edits may get through to; empty where there is none but the output
     * @param movement how far an output that is such a number moves for each unit of edit, at the most; 0 for other outputs
     * @param exactInFloat32 whether float32 weights and arithmetic give the same answers, but for the rounding of numbers
     */
    public record Robustness(
            double numericError32,
            double tolerance,
            Optional<String> toleranceLimitedBy,
            double movement,
            boolean exactInFloat32) {}

    private Certificate(
            double attentionLeak,
            double thresholdMargin,
            double numericError,
            double largestWeight,
            Supplier<Robustness> robustness) {
        this.attentionLeak = attentionLeak;
        this.thresholdMargin = thresholdMargin;
        this.numericError = numericError;
        this.largestWeight = largestWeight;
        this.robustness = robustness;
    }

    /**
     * Promises in float64, and how to find out the others.
     *
     * @param attentionLeak see {@link #attentionLeak()}
     * @param thresholdMargin see {@link #thresholdMargin()}
     * @param numericError see {@link #numericError()}
     * @param largestWeight see {@link #largestWeight()}
     * @param robustness asked once at the most
     */
    public static Certificate of(
            double attentionLeak,
            double thresholdMargin,
            double numericError,
            double largestWeight,
            Supplier<Robustness> robustness) {
        return new Certificate(
                attentionLeak, thresholdMargin, numericError, largestWeight, Suppliers.memoize(robustness::get));
    }

    /** The same of a model whose weights are known. */
    public Certificate withLargestWeight(double weight) {
        return new Certificate(attentionLeak, thresholdMargin, numericError, weight, robustness);
    }

    /** The most attention weight that any head gives to keys it should not see. */
    public double attentionLeak() {
        return attentionLeak;
    }

    /** The least distance of any number from a threshold it is compared with, after errors. */
    public double thresholdMargin() {
        return thresholdMargin;
    }

    /** A bound on the error of any number that is read as a number, the output included, in float64. */
    public double numericError() {
        return numericError;
    }

    /** The greatest magnitude of any weight. */
    public double largestWeight() {
        return largestWeight;
    }

    /** See {@link Robustness}. */
    public double numericError32() {
        return robustness.get().numericError32();
    }

    /** See {@link Robustness}. */
    public double tolerance() {
        return robustness.get().tolerance();
    }

    /** See {@link Robustness}. */
    public Optional<String> toleranceLimitedBy() {
        return robustness.get().toleranceLimitedBy();
    }

    /** See {@link Robustness}. */
    public double movement() {
        return robustness.get().movement();
    }

    /** See {@link Robustness}. */
    public boolean exactInFloat32() {
        return robustness.get().exactInFloat32();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Certificate that
                && Double.compare(attentionLeak, that.attentionLeak) == 0
                && Double.compare(thresholdMargin, that.thresholdMargin) == 0
                && Double.compare(numericError, that.numericError) == 0
                && Double.compare(largestWeight, that.largestWeight) == 0
                && robustness.get().equals(that.robustness.get());
    }

    @Override
    public int hashCode() {
        return Objects.hash(attentionLeak, thresholdMargin, numericError, largestWeight);
    }

    @Override
    public String toString() {
        return MoreObjects.toStringHelper(this)
                .add("attentionLeak", attentionLeak)
                .add("thresholdMargin", thresholdMargin)
                .add("numericError", numericError)
                .add("largestWeight", largestWeight)
                .addValue(robustness.get())
                .toString();
    }
}
