package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;

/**
 * On which inputs to compare.
 *
 * @param vocabulary tokens that inputs are made of
 * @param maxLength longest input, at least 1
 * @param budget how many inputs at most: all of them if there are no more, else a sample
 * @param seed makes the sample repeatable
 */
public record VerifyOptions(ImmutableList<Value> vocabulary, int maxLength, int budget, long seed) {
    public static final int DEFAULT_BUDGET = 10_000;

    public VerifyOptions {
        if (vocabulary.isEmpty() || maxLength < 1 || budget < 1) {
            throw new IllegalArgumentException("nothing to compare on");
        }
    }

    public static VerifyOptions of(ImmutableList<Value> vocabulary, int maxLength) {
        return new VerifyOptions(vocabulary, maxLength, DEFAULT_BUDGET, 1);
    }

    public VerifyOptions budget(int inputs) {
        return new VerifyOptions(vocabulary, maxLength, inputs, seed);
    }

    /** The inputs themselves, all of them at once; for budgets that fit in memory. */
    public ImmutableList<ImmutableList<Value>> inputs() {
        ImmutableList.Builder<ImmutableList<Value>> inputs = ImmutableList.builder();
        new InputSpace(this).forEach(inputs::add);
        return inputs.build();
    }

    public VerifyOptions seed(long value) {
        return new VerifyOptions(vocabulary, maxLength, budget, value);
    }
}
