package io.rasplens.compiler.lower.direct;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.program.SOp;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;

/**
 * How an s-op stands in the residual stream, as forms that read it. Every form is 0 at BOS, whatever heads have left there.
 */
sealed interface Encoded {
    SOp sop();

    /** The s-op as a number. */
    Form number();

    /** The block depth after which it can be read; 0 is the embedding. */
    int depth();

    /**
     * One form per value, 1 where the s-op has that value and 0 elsewhere.
     *
     * @param forms in {@link Values#ORDER}
     * @param noise how far the forms can be from 0 and 1
     */
    record Category(SOp sop, ImmutableMap<Value, Form> forms, int depth, double noise) implements Encoded {
        /** A one-hot is a number to whoever weighs its directions; strings, which have no number, weigh nothing. */
        @Override
        public Form number() {
            var sum = new Form.Builder();
            forms.forEach((value, form) -> {
                if (value.isNumeric()) {
                    sum.add(Values.toDouble(value), form);
                }
            });
            return sum.build();
        }
    }

    /** One direction that carries the number. */
    record Numeric(SOp sop, Form number, int depth) implements Encoded {}
}
