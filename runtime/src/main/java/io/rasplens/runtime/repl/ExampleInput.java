package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.value.StringValue;
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
                text.codePoints().mapToObj(StringValue::of).collect(ImmutableList.toImmutableList()), '"' + text + '"');
    }

    /** Tokens from a directive: characters are shown as the string they spell. */
    public static ExampleInput of(ImmutableList<Value> values) {
        boolean characters = values.stream()
                .allMatch(value -> value instanceof StringValue string
                        && string.value().codePointCount(0, string.value().length()) == 1);
        return characters
                ? ofText(values.stream()
                        .map(value -> ((StringValue) value).value())
                        .collect(Collectors.joining()))
                : ofList(values);
    }

    /** A list as Python prints it. */
    public static ExampleInput ofList(ImmutableList<Value> values) {
        return new ExampleInput(values, values.stream().map(Value::repr).collect(Collectors.joining(", ", "[", "]")));
    }

    /** As the banner shows it: the characters of a string, else the list. */
    String plain() {
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }
}
