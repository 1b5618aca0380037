package io.rasplens.compiler.elaborate;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * What is said of a name that the language itself has: a base s-op or a built-in form.
 *
 * @param signature {@code select(keys, queries, op)}, or a bare name
 * @param description what it means, in lines
 */
public record BuiltInDoc(String signature, String description) {
    public static final ImmutableList<BuiltInDoc> ALL = ImmutableList.of(
            new BuiltInDoc("tokens", """
                    The input's tokens. At the start it is another name for tokens_str;
                    tokens = tokens_int; makes it one for the numbers."""),
            new BuiltInDoc("tokens_str", "The input's tokens as strings."),
            new BuiltInDoc("tokens_int", "The input's tokens as ints: floats cut off, strings read as numbers."),
            new BuiltInDoc("tokens_float", "The input's tokens as floats."),
            new BuiltInDoc("tokens_bool", "The input's tokens as truth values: 0, \"\" and False are false."),
            new BuiltInDoc("tokens_asis", "The input's tokens as they were given."),
            new BuiltInDoc("indices", "The positions: 0 at the first token, 1 at the next, and so on."),
            new BuiltInDoc("select(keys, queries, op)", """
                    The selector that selects position j for position i where keys[j] op queries[i].
                    keys and queries are s-ops or atoms; op is one of == != < <= > >=.
                    select(tokens, tokens, ==) selects all positions with one's own token.
                    Selectors combine with and, or and not."""),
            new BuiltInDoc("aggregate(selector, values, default)", """
                    At each position the mean of values at the positions that the selector selects there.
                    If only one is selected it is that value, of whatever kind; if none is, the default,
                    which may be left out and then is 0."""),
            new BuiltInDoc("round(x)", "The nearest int, the even one of two; elementwise on an s-op."),
            new BuiltInDoc("indicator(s)", "1 where the s-op s is true and 0 elsewhere."),
            new BuiltInDoc("range(start, end, step)", """
                    The list of the ints from start up to but not with end. range(end) starts at 0;
                    step may be left out and then is 1."""),
            new BuiltInDoc(
                    "zip(list, …)",
                    "The list of the lists of first elements, second elements, …; all are equally long."),
            new BuiltInDoc("len(list)", "How many elements a list has. The length of an input is the s-op length."));

    /** The bare name. */
    public String name() {
        int bracket = signature.indexOf('(');
        return bracket < 0 ? signature : signature.substring(0, bracket);
    }

    /** All of it in lines for a reader. */
    public String text() {
        return signature + "\n\n" + description + "\n";
    }

    /** What is said of a name, if the language itself has it. */
    public static Optional<BuiltInDoc> find(String name) {
        return ALL.stream().filter(doc -> doc.name().equals(name)).findFirst();
    }
}
