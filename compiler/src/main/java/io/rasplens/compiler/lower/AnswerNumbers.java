package io.rasplens.compiler.lower;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Precision;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;

/**
 * The numbers that an answer is decoded to. Floats that only rounding tells apart are one: a mean of equal numbers is
 * {@code 3.3} for one length and {@code 3.2999999999999994} for another, and the shortest of them is what the program means.
 */
final class AnswerNumbers {
    private AnswerNumbers() {}

    /** @param values ascending */
    static ImmutableList<Value> of(ImmutableList<Value> values) {
        ImmutableList.Builder<Value> answers = ImmutableList.builder();
        int from = 0;
        while (from < values.size()) {
            Value shortest = values.get(from);
            double first = Values.toDouble(shortest);
            int to = from + 1;
            while (to < values.size()
                    && shortest instanceof FloatValue
                    && values.get(to) instanceof FloatValue
                    && Values.toDouble(values.get(to)) - first <= Precision.at(first) / 2) {
                Value other = values.get(to++);
                shortest = other.repr().length() < shortest.repr().length() ? other : shortest;
            }
            answers.add(shortest);
            from = to;
        }
        return answers.build();
    }
}
