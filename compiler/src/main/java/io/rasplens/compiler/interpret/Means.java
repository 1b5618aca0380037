package io.rasplens.compiler.interpret;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.math.BigInteger;
import java.util.List;

/** {@code aggregate}: nothing, one or the mean of several values per query. */
final class Means {
    private Means() {}

    static Value[] aggregate(SelectorMatrix selector, List<Value> sequence, Value fallback) throws EvaluationException {
        SequenceKind kind = SequenceKind.of(sequence);
        var result = new Value[sequence.size()];
        Value previous = fallback;
        for (int query = 0; query < selector.size(); query++) {
            if (query == 0 || !selector.sameRow(query, query - 1)) {
                previous = at(query, selector, sequence, kind, fallback);
            }
            result[query] = previous;
        }
        return result;
    }

    private static Value at(int query, SelectorMatrix selector, List<Value> sequence, SequenceKind kind, Value fallback)
            throws EvaluationException {
        int width = selector.width(query);
        if (width == 0) {
            return fallback;
        }
        if (width == 1) {
            return sequence.get(selector.nextKey(query, 0));
        }
        if (!kind.hasMean()) {
            throw noMean(query, selector, sequence, kind);
        }
        try {
            return mean(query, selector, sequence, width);
        } catch (EvaluationException e) {
            throw e.at(query);
        }
    }

    /** The sum from left to right, exact as long as there are only ints, times 1.0, over how many they are. */
    private static Value mean(int query, SelectorMatrix selector, List<Value> sequence, int width)
            throws EvaluationException {
        Interrupted.check();
        BigInteger exact = BigInteger.ZERO;
        double sum = 0;
        boolean floating = false;
        for (int key = selector.nextKey(query, 0); key >= 0; key = selector.nextKey(query, key + 1)) {
            Value value = sequence.get(key);
            if (floating) {
                sum += Arithmetic.toDouble(value);
            } else if (value instanceof FloatValue f) {
                sum = toDouble(exact) + f.value();
                floating = true;
            } else {
                exact = exact.add(Values.toBigInteger(value));
            }
        }
        return Value.of((floating ? sum : toDouble(exact)) / width);
    }

    private static double toDouble(BigInteger sum) throws EvaluationException {
        return Arithmetic.toDouble(IntValue.of(sum));
    }

    private static EvaluationException noMean(
            int query, SelectorMatrix selector, List<Value> sequence, SequenceKind kind) {
        ImmutableList<Value> selected =
                selector.keys(query).mapToObj(sequence::get).collect(ImmutableList.toImmutableList());
        return EvaluationException.ofValues(
                        EvaluationCode.MEAN_OF_NON_NUMBERS,
                        "the mean of several " + kind.label() + " is not defined",
                        sequence)
                .at(query)
                .note("query position " + query + " selects " + selected.size() + " values: "
                        + Shown.sequence(selected))
                .note("the sequence is " + Shown.sequence(sequence));
    }
}
