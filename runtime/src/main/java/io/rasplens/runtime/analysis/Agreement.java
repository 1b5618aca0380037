package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.Precision;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.List;
import java.util.OptionalInt;

/**
 * When the transformer's answer counts as the interpreter's.
 *
 * <p>Strings and bools must be the same. An int and a float are the same where RASP's {@code ==} says so; where one of them is
 * a float they may also be {@link #TOLERANCE} apart, relative to numbers greater than 1.
 */
public final class Agreement {
    /** What COMPILER promises for numbers, in float64. */
    public static final double TOLERANCE = Precision.PROMISED;

    private Agreement() {}

    public static boolean same(Value expected, Value actual) {
        if (expected.equals(actual)) {
            return true;
        }
        boolean numbers = Values.isNumber(expected) && Values.isNumber(actual);
        if (!numbers) {
            return false;
        }
        return expected.raspEquals(actual)
                || (isInexact(expected, actual) && error(expected, actual) <= tolerance(expected));
    }

    /** Whether one of them is a float, which rounding may have moved. */
    static boolean isInexact(Value expected, Value actual) {
        return expected instanceof FloatValue || actual instanceof FloatValue;
    }

    /** The first position at which two sequences differ; the shorter length if one is the beginning of the other. */
    public static OptionalInt firstDifference(List<Value> expected, List<Value> actual) {
        int common = Math.min(expected.size(), actual.size());
        for (int i = 0; i < common; i++) {
            if (!same(expected.get(i), actual.get(i))) {
                return OptionalInt.of(i);
            }
        }
        return expected.size() == actual.size() ? OptionalInt.empty() : OptionalInt.of(common);
    }

    /**
     * The transformer's answer in the interpreter's kinds: a number of the model is neither int nor float, and zero has no sign.
     * What differs stays as it is.
     */
    public static ImmutableList<Value> inTheKindsOf(List<Value> expected, List<Value> actual) {
        var out = ImmutableList.<Value>builder();
        for (int i = 0; i < actual.size(); i++) {
            Value value = actual.get(i);
            Value wanted = i < expected.size() ? expected.get(i) : value;
            boolean isWanted = wanted.raspEquals(value) || (wanted instanceof IntValue && same(wanted, value));
            out.add(isWanted && Values.isNumber(value) && Values.isNumber(wanted) ? wanted : value);
        }
        return out.build();
    }

    /** How far apart two numbers are; 0 for what is no number, or is the same though it can't be subtracted. */
    public static double error(Value expected, Value actual) {
        if (expected.equals(actual) || !expected.isNumeric() || !actual.isNumeric()) {
            return 0;
        }
        double difference = Math.abs(Values.toDouble(expected) - Values.toDouble(actual));
        return expected.raspEquals(actual) ? 0 : difference;
    }

    private static double tolerance(Value expected) {
        double size = Math.abs(Values.toDouble(expected));
        return Double.isFinite(size) ? TOLERANCE * Math.max(1, size) : 0;
    }
}
