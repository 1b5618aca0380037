package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a transformer compares with the program it was compiled from.
 *
 * @param sop the s-op compared
 * @param checked inputs that both were run on, those included on which the program fails
 * @param exhaustive whether these were all inputs of the vocabulary up to the length
 * @param mismatches the first of them shrunk, then those met, at most {@link Verifier#MOST_MISMATCHES}
 * @param mismatchCount how many there were in all
 * @param divergence where the first mismatch begins
 * @param undefined inputs on which the interpreter fails, so that nothing is expected of the transformer
 * @param maxError the furthest that any number was from what it should be
 * @param minMargin the least distance between the best logit and the second, or of a number from where another value begins;
 *     empty for a number of which no values are known
 */
public record Verification(
        String sop,
        long checked,
        boolean exhaustive,
        ImmutableList<Mismatch> mismatches,
        long mismatchCount,
        Optional<Divergence> divergence,
        Optional<UndefinedInputs> undefined,
        double maxError,
        OptionalDouble minMargin) {

    /** Inputs on which the interpreter fails. */
    public long programErrors() {
        return undefined.map(UndefinedInputs::failing).orElse(0L);
    }

    public boolean agrees() {
        return mismatchCount == 0;
    }

    /**
     * An input on which the two differ.
     *
     * @param expected the interpreter's answer
     * @param output the transformer's
     * @param position the first at which they differ
     */
    public record Mismatch(
            ImmutableList<Value> input, ImmutableList<Value> expected, ImmutableList<Value> output, int position) {}

    /**
     * The first s-op, in the order of the layers, whose values in the residual stream are wrong.
     *
     * @param hook the activation it was read from
     * @param position of the input, BOS not counted
     * @param expected the interpreter's value there
     * @param actual what the model holds
     */
    public record Divergence(String sop, String hook, int position, Value expected, Value actual) {}
}
