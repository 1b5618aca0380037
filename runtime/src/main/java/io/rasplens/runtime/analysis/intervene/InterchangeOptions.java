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
 */
public record InterchangeOptions(ImmutableList<Value> vocabulary, int maxLength, int budget, long seed) {
    public static final int DEFAULT_BUDGET = 500;

    public InterchangeOptions {
        if (vocabulary.isEmpty() || maxLength < 1 || budget < 1) {
            throw new IllegalArgumentException("nothing to try");
        }
    }

    public static InterchangeOptions of(ImmutableList<Value> vocabulary, int maxLength) {
        return new InterchangeOptions(vocabulary, maxLength, DEFAULT_BUDGET, 1);
    }

    public InterchangeOptions budget(int pairs) {
        return new InterchangeOptions(vocabulary, maxLength, pairs, seed);
    }

    public InterchangeOptions seed(long value) {
        return new InterchangeOptions(vocabulary, maxLength, budget, value);
    }
}
