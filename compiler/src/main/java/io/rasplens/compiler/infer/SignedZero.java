package io.rasplens.compiler.infer;

import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.Value;

/**
 * Takes the sign off zero. RASP can't tell -0.0 from 0.0 by any operation, but as records they differ; one direction of the
 * residual stream is enough for both.
 */
public final class SignedZero {
    private static final Value ZERO = Value.of(0.0);

    private SignedZero() {}

    /** The value, 0.0 in the place of -0.0. */
    public static Value drop(Value value) {
        return value instanceof FloatValue f && f.value() == 0 ? ZERO : value;
    }
}
