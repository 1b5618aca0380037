package io.rasplens.runtime.answer;

import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.stream.Collectors;

/** Sequences as RASP writes them. */
public final class ValuesText {
    private ValuesText() {}

    /** {@code ["a", "b"]}, which can be given as an input again. */
    public static String of(List<Value> values) {
        return values.stream().map(Value::repr).collect(Collectors.joining(", ", "[", "]"));
    }
}
