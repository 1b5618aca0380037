package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.Value;
import java.util.stream.Collectors;

/**
 * An input as the user gave it: characters of a string, or a list.
 *
 * @param values the tokens; never empty
 * @param text as it is shown in {@code name("hello")}
 */
public record ExampleInput(ImmutableList<Value> values, String text) {
    /** Each code point is a token. */
    public static ExampleInput ofText(String text) {
        return new ExampleInput(
                text.codePoints()
                        .mapToObj(point -> Value.of(Character.toString(point)))
                        .collect(ImmutableList.toImmutableList()),
                '"' + text + '"');
    }

    public static ExampleInput ofList(ImmutableList<Value> values) {
        return new ExampleInput(values, values.stream().map(Value::repr).collect(Collectors.joining(", ", "[", "]")));
    }
}
