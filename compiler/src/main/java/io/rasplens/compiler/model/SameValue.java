package io.rasplens.compiler.model;

import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;

/** When a value counts as a listed one: equal in RASP's sense, or a number that only rounding tells from it. */
final class SameValue {
    private static final double ROUNDING = Precision.PROMISED;

    private SameValue() {}

    static boolean same(Value listed, Value value) {
        if (listed.raspEquals(value)) {
            return true;
        }
        boolean numbers = listed.isNumeric()
                && value.isNumeric()
                && !(listed instanceof BoolValue)
                && !(value instanceof BoolValue);
        if (!numbers) {
            return false;
        }
        double a = Values.toDouble(listed);
        return Math.abs(a - Values.toDouble(value)) <= ROUNDING * Math.max(1, Math.abs(a));
    }
}
