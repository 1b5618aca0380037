package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
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

    /** What it gives, by what it reads. */
    ImmutableMap<Value, Optional<Value>> byInput() {
        ImmutableMap.Builder<Value, Optional<Value>> known = ImmutableMap.builder();
        for (int i = 0; i < inputs.size(); i++) {
            known.put(inputs.get(i), outputs.get(i));
        }
        return known.buildKeepingLast();
    }

    /** {@code factor * x + offset}. */
    record Affine(double factor, double offset) {}
}
