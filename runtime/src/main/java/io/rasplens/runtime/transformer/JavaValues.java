package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import java.math.BigInteger;
import java.util.List;

/** Ordinary Java objects as RASP values. */
final class JavaValues {
    private JavaValues() {}

    static ImmutableList<Value> of(List<?> objects) {
        var values = ImmutableList.<Value>builderWithExpectedSize(objects.size());
        for (Object object : objects) {
            values.add(of(object));
        }
        return values.build();
    }

    private static Value of(Object object) {
        if (object instanceof Value value) {
            return value;
        } else if (object instanceof String text) {
            return Value.of(text);
        } else if (object instanceof Character character) {
            return Value.of(character.toString());
        } else if (object instanceof Boolean bool) {
            return Value.of(bool.booleanValue());
        } else if (object instanceof BigInteger integer) {
            return IntValue.of(integer);
        } else if (object instanceof Double || object instanceof Float) {
            return Value.of(((Number) object).doubleValue());
        } else if (object instanceof Integer
                || object instanceof Long
                || object instanceof Short
                || object instanceof Byte) {
            return Value.of(((Number) object).longValue());
        }
        throw new IllegalArgumentException(
                "no RASP value: " + object + " (" + object.getClass().getName() + ")");
    }
}
