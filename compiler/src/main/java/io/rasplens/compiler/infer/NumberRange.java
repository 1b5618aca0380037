package io.rasplens.compiler.infer;

import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;

/** Least and greatest number that something can be, both inclusive; infinite where no bound is known. */
public record NumberRange(double low, double high) {

    /** Of listed values; strings are passed over. 0 alone where there is no number among them. */
    public static NumberRange of(Iterable<? extends Value> values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Value value : values) {
            if (value.isNumeric()) {
                double number = Values.toDouble(value);
                low = Math.min(low, number);
                high = Math.max(high, number);
            }
        }
        return low <= high ? new NumberRange(low, high) : new NumberRange(0, 0);
    }

    /** Of the difference of two numbers. */
    public NumberRange minus(NumberRange other) {
        return new NumberRange(low - other.high, high - other.low);
    }

    /** Whether there is one number only. */
    public boolean isPoint() {
        return low == high;
    }

    /** The greatest magnitude of the numbers. */
    public double magnitude() {
        return Math.max(Math.abs(low), Math.abs(high));
    }
}
