package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;

/** Logits at one position to an output value. */
public sealed interface OutputDecoder {

    /** The value that the logits {@code [dVocabOut]} of one position stand for. */
    Value decode(double[] logits);

    /** One logit per value; the greatest wins, the first on a tie. */
    record Categorical(ImmutableList<Value> values) implements OutputDecoder {
        @Override
        public Value decode(double[] logits) {
            int best = 0;
            for (int i = 1; i < logits.length; i++) {
                if (logits[i] > logits[best]) {
                    best = i;
                }
            }
            return values.get(best);
        }
    }

    /**
     * One logit, the number itself.
     *
     * @param values the numbers it can be, ascending, where the compiler knows them all: the nearest is the answer. Empty: the
     *     logit is the answer.
     * @param whole whether the answer is always an int: the one next to the logit, where no values are listed
     */
    record Numerical(ImmutableList<Value> values, boolean whole) implements OutputDecoder {
        /** Numbers that are ints only where they are listed so. */
        public Numerical(ImmutableList<Value> values) {
            this(values, false);
        }

        @Override
        public Value decode(double[] logits) {
            double number = logits[0];
            if (values.isEmpty()) {
                return whole && Double.isFinite(number) ? Value.of((long) Math.rint(number)) : Value.of(number);
            }
            int low = 0;
            int high = values.size() - 1;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (Values.toDouble(values.get(middle)) < number) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            boolean below = low > 0
                    && number - Values.toDouble(values.get(low - 1)) < Values.toDouble(values.get(low)) - number;
            return values.get(below ? low - 1 : low);
        }
    }
}
