package io.rasplens.runtime.analysis.intervene;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;

/**
 * Which interventions to try.
 *
 * @param vocabulary tokens that inputs are made of
 * @param maxLength longest input, at least 1
 * @param budget pairs of inputs for each s-op
 * @param seed makes them repeatable
 * @param work multiply-adds that all interventions together may take, about a billion a second; where they would take more, each s-op
 *     gets a sample of its own
 */
public record InterchangeOptions(ImmutableList<Value> vocabulary, int maxLength, int budget, long seed, double work) {
    public static final int DEFAULT_BUDGET = 500;

    /** Some ten seconds. */
    public static final double DEFAULT_WORK = 1e10;

    public InterchangeOptions {
        if (vocabulary.isEmpty() || maxLength < 1 || budget < 1 || !(work > 0)) {
            throw new IllegalArgumentException("nothing to try");
        }
    }

    public static InterchangeOptions of(ImmutableList<Value> vocabulary, int maxLength) {
        return new InterchangeOptions(vocabulary, maxLength, DEFAULT_BUDGET, 1, DEFAULT_WORK);
    }

    public InterchangeOptions budget(int pairs) {
        return new InterchangeOptions(vocabulary, maxLength, pairs, seed, work);
    }

    public InterchangeOptions seed(long value) {
        return new InterchangeOptions(vocabulary, maxLength, budget, value, work);
    }

    public InterchangeOptions work(double most) {
        return new InterchangeOptions(vocabulary, maxLength, budget, seed, most);
    }
}
