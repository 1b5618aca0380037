package io.rasplens.compiler.model;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.OptionalInt;

/** When a value counts as a listed one: equal in RASP's sense, or a number that only rounding tells from it. */
final class SameValue {
    private SameValue() {}

    static boolean same(Value listed, Value value) {
        if (listed.raspEquals(value)) {
            return true;
        }
        return isNumber(listed) && isNumber(value) && distance(listed, value) <= Precision.at(Values.toDouble(listed));
    }

    /** The place of the listed value that the value counts as, the nearest where several would do. */
    static OptionalInt nearest(ImmutableList<Value> listed, Value value) {
        int found = -1;
        for (int i = 0; i < listed.size(); i++) {
            boolean nearer = same(listed.get(i), value)
                    && (found < 0 || distance(listed.get(i), value) < distance(listed.get(found), value));
            found = nearer ? i : found;
        }
        return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
    }

    private static boolean isNumber(Value value) {
        return value.isNumeric() && !(value instanceof BoolValue);
    }

    /** 0 for what is no number but equal. */
    private static double distance(Value listed, Value value) {
        return listed.raspEquals(value) ? 0 : Math.abs(Values.toDouble(listed) - Values.toDouble(value));
    }
}
