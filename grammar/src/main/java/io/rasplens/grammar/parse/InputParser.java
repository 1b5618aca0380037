package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;

/** An input as people write it on a command line. */
public final class InputParser {
    private InputParser() {}

    /**
     * Reads an input: text that starts with {@code [} is a list of atoms ({@code [1, -2.5, True, "a"]}), any other text stands
     * for its characters. A list may also stand as RASP prints it, {@code ['a', 1e+300]}. An empty text is an empty input; whether that may be is not decided here.
     *
     * @param name what diagnostics call the text, for example {@code --input}
     */
    public static Result<ImmutableList<Value>> parse(String name, String text) {
        if (!text.stripLeading().startsWith("[")) {
            return Result.success(characters(text));
        }
        Result<ImmutableList<Value>> atoms = RaspParser.parseAtoms(SourceFile.of(name, text));
        return atoms instanceof Result.Success<ImmutableList<Value>>
                ? atoms
                : PrintedValues.parse(text).map(Result::success).orElse(atoms);
    }

    /** The code points of a text, each as a string. */
    public static ImmutableList<Value> characters(String text) {
        return text.codePoints().mapToObj(StringValue::of).collect(ImmutableList.toImmutableList());
    }
}
