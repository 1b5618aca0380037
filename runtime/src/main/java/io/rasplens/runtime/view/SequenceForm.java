package io.rasplens.runtime.view;

import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How RASP shows a sequence of values to people: {@code [h, e, l, l, o] (strings)}, {@code [0.333, T, 2] (floats)},
 * {@code [5]*5 (ints)}.
 */
public final class SequenceForm {
    private static final int DIGITS = 3;

    private SequenceForm() {}

    /** The values in brackets, {@code [x]*n} when all n > 1 are equal, then the kind in parentheses. */
    public static String of(List<Value> values) {
        String inside = values.size() > 1 && allEqual(values)
                ? "[" + element(values.get(0)) + "]*" + values.size()
                : values.stream().map(SequenceForm::element).collect(Collectors.joining(", ", "[", "]"));
        return inside + " (" + kind(values) + ")";
    }

    /** One entry: a float rounded to 3 digits of the exact double, a bool as T or F, a string without quotes. */
    public static String element(Value value) {
        if (value instanceof FloatValue number) {
            return Value.of(rounded(number.value())).repr();
        }
        if (value instanceof BoolValue bool) {
            return bool.value() ? "T" : "F";
        }
        return Values.plain(value);
    }

    /** {@code strings}, {@code bools}, {@code ints} or {@code floats}; bools among ints count as ints. */
    public static String kind(List<Value> values) {
        if (values.stream().allMatch(StringValue.class::isInstance)) {
            return "strings";
        }
        if (values.stream().allMatch(BoolValue.class::isInstance)) {
            return "bools";
        }
        return values.stream().allMatch(value -> value instanceof IntValue || value instanceof BoolValue)
                ? "ints"
                : "floats";
    }

    /** Whether all values are one value by RASP's equality. */
    public static boolean allEqual(List<Value> values) {
        return values.stream().allMatch(value -> value.raspEquals(values.get(0)));
    }

    /** Rounds the exact binary value, ties to even, and keeps the sign of a zero, as Python's {@code round(x, 3)} does. */
    private static double rounded(double value) {
        if (!Double.isFinite(value)) {
            return value;
        }
        double result =
                new BigDecimal(value).setScale(DIGITS, RoundingMode.HALF_EVEN).doubleValue();
        return result == 0 ? Math.copySign(0.0, value) : result;
    }
}
