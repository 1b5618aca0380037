package io.rasplens.compiler.lower.reading;

import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Values that are one in RASP, as 2 and 2.0 are; a bool is another kind than the number that it equals. */
public final class EqualValues {
    private EqualValues() {}

    /** For each value the first of those that are equal to it. */
    public static UnaryOperator<Value> first(Collection<Value> values) {
        List<Value> sorted = new ArrayList<>(values);
        sorted.sort(Values.ORDER);
        Map<Value, Value> first = new HashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            Value value = sorted.get(i);
            Value before = i == 0 ? value : first.getOrDefault(sorted.get(i - 1), value);
            boolean equal = !(before instanceof BoolValue) && !(value instanceof BoolValue) && value.raspEquals(before);
            first.put(value, equal || value.equals(before) ? before : value);
        }
        return value -> first.getOrDefault(value, value);
    }
}
