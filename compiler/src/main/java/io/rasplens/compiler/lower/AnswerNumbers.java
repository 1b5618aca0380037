package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Precision;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;

/**
 * The numbers that an answer is decoded to. Floats that only rounding tells apart are one: a mean of equal numbers is
 * {@code 3.3} for one length and {@code 3.2999999999999994} for another, and the shortest of them is what the program means. Others
 * are themselves, however large: 5e11 and 5e11 + 0.5 are two answers.
 */
final class AnswerNumbers {
    private AnswerNumbers() {}

    /**
     * The numbers to answer with, each within what is promised of all that it stands for.
     *
     * @param values ascending
     * @param rounding a bound on what the program is off by from what its formula says
     */
    static ImmutableList<Value> of(ImmutableList<Value> values, double rounding) {
        ImmutableList.Builder<Value> answers = ImmutableList.builder();
        int from = 0;
        while (from < values.size()) {
            Value shortest = values.get(from);
            double first = Values.toDouble(shortest);
            // A list by lengths holds what the program rounds each to, without a rounding of its own.
            double alike = Math.min(Math.max(2 * rounding, 2 * Math.ulp(first)), Precision.at(first) / 2);
            int to = from + 1;
            while (to < values.size()
                    && shortest instanceof FloatValue
                    && values.get(to) instanceof FloatValue
                    && Values.toDouble(values.get(to)) - first <= alike) {
                Value other = values.get(to++);
                shortest = other.repr().length() < shortest.repr().length() ? other : shortest;
            }
            answers.add(shortest);
            from = to;
        }
        return answers.build();
    }
}
