package io.rasplens.compiler.lower.direct.block;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;

/**
 * How an s-op stands in the residual stream, as forms that read it.
 */
public sealed interface Encoded {
    SOp sop();

    /** The s-op as a number. */
    LinearForm number();

    /** The block depth after which it can be read; 0 is the embedding. */
    int depth();

    /**
     * One form per value, 1 where the s-op has that value and 0 elsewhere.
     *
     * @param forms in {@link Values#ORDER}
     * @param noise how far the forms can be from 0 and 1
     */
    record Category(SOp sop, ImmutableMap<Value, LinearForm> forms, int depth, double noise) implements Encoded {
        public Places places() {
            return new Places(forms.values().asList(), depth);
        }

        /** A one-hot is a number to whoever weighs its directions; strings, which have no number, weigh nothing. */
        @Override
        public LinearForm number() {
            return LinearForm.sum(forms.entrySet().stream()
                    .filter(entry -> entry.getKey().isNumeric())
                    .map(entry -> entry.getValue().times(Values.toDouble(entry.getKey())))
                    .toList());
        }
    }

    /**
     * One form for each value of something, 1 there and 0 elsewhere.
     *
     * @param depth after which block they can be read
     */
    record Places(ImmutableList<LinearForm> forms, int depth) {}

    /** One direction that carries the number. */
    record Numeric(SOp sop, LinearForm number, int depth) implements Encoded {}
}
