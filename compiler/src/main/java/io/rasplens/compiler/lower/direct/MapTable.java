package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * A chain of elementwise s-ops of one variable, as one function of the s-op at its bottom.
 *
 * @param root the variable: an s-op that is not itself a function of one variable
 * @param inputs the root's values
 * @param outputs the result for each of them; empty where the function fails
 * @param affine where the whole chain is x ↦ factor·x + offset
 */
record MapTable(
        SOp root, ImmutableList<Value> inputs, ImmutableList<Optional<Value>> outputs, Optional<Affine> affine) {

    /** {@code factor * x + offset}. */
    record Affine(double factor, double offset) {}
}
