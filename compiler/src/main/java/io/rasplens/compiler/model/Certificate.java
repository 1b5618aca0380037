package io.rasplens.compiler.model;

/**
 * What the compiler promises about a model's numbers, worked out at compile time.
 *
 * @param attentionLeak the most attention weight that any head gives to keys it should not see
 * @param thresholdMargin the least distance of any number from a threshold it is compared with, after errors
 * @param numericError bound on the error of any number that is read as a number, the output included (float64)
 * @param numericError32 the same with float32 weights and arithmetic
 */
public record Certificate(double attentionLeak, double thresholdMargin, double numericError, double numericError32) {}
