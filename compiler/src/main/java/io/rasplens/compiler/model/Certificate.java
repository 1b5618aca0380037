package io.rasplens.compiler.model;

import java.util.Optional;

/**
 * What the compiler promises about a model's numbers, worked out at compile time.
 *
 * @param attentionLeak the most attention weight that any head gives to keys it should not see
 * @param thresholdMargin the least distance of any number from a threshold it is compared with, after errors
 * @param numericError bound on the error of any number that is read as a number, the output included (float64)
 * @param numericError32 the same with float32 weights and arithmetic
 * @param tolerance the largest edit of the residual stream that is certain to change no decoded answer: every coordinate of every row may
 *     be off by so much of its range, at every hook point, all at once. Numbers that are not looked up in a list move under any edit; see
 *     {@code movement}
 * @param toleranceLimitedBy the s-op that larger edits may get through to; empty where there is none but the output
 * @param movement how far an output that is such a number moves for each unit of edit, at the most; 0 for other outputs
 * @param largestWeight the greatest magnitude of any weight
 * @param exactInFloat32 whether float32 weights and arithmetic give the same answers, but for the rounding of numbers
 */
public record Certificate(
        double attentionLeak,
        double thresholdMargin,
        double numericError,
        double numericError32,
        double tolerance,
        Optional<String> toleranceLimitedBy,
        double movement,
        double largestWeight,
        boolean exactInFloat32) {

    /** The same of a model whose weights are known. */
    public Certificate withLargestWeight(double weight) {
        return new Certificate(
                attentionLeak,
                thresholdMargin,
                numericError,
                numericError32,
                tolerance,
                toleranceLimitedBy,
                movement,
                weight,
                exactInFloat32);
    }
}
