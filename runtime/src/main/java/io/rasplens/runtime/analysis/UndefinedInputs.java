package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;

/**
 * Inputs of a program's vocabulary and length on which the program itself fails: nothing is promised of its transformer there.
 *
 * @param example one of them, made as short as it gets
 * @param tried inputs that the program was run on
 * @param failing how many of those it fails on, at least 1
 * @param exhaustive whether all inputs up to the length were tried
 */
public record UndefinedInputs(ImmutableList<Value> example, long tried, long failing, boolean exhaustive) {
    public UndefinedInputs {
        if (example.isEmpty() || failing < 1 || failing > tried) {
            throw new IllegalArgumentException("no input fails");
        }
    }
}
