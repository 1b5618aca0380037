package io.rasplens.compiler.elaborate.mistake;

import com.google.common.collect.ImmutableMap;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.parse.TracrText;
import java.util.Optional;

/** Functions that people expect who come from Python, and what does their work here. */
public final class PythonNames {
    private static final String MEAN = "the mean over all positions is average(x), over some aggregate(selector, x)";

    private static final String PLACE = "the place of each token is the s-op indices";
    private static final String NOTHING =
            "no value stands for nothing; an aggregate over nothing gives its default: aggregate(s, x, 0)";

    private static final ImmutableMap<String, String> WAYS_OUT = ImmutableMap.<String, String>builder()
            .put("print", "nothing has to be printed: 'rasp eval' shows an s-op, and in the session x; shows x")
            .put("sum", "a sum is average(x) * length")
            .put("mean", MEAN)
            .put("avg", MEAN)
            .put("sorted", "sort(x, key) sorts; sort(x, x) by the values themselves")
            .put("reversed", "reverse with aggregate(select(indices, length - 1 - indices, ==), x)")
            .put("int", "tokens_int reads the tokens as ints; round(x) rounds")
            .put("float", "tokens_float reads the tokens as floats; an int times 1.0 is a float")
            .put("str", "tokens_str reads the tokens as strings")
            .put("bool", "tokens_bool reads the tokens as truth values; a comparison makes others: x > 0")
            .put("sqrt", "a square root is x ^ 0.5")
            .put("pow", "the power of a number is a ^ b")
            .put("floor", "x - x % 1 is the whole number below; round(x) the nearest")
            .put("any", "whether any position holds a value is contains(x, v)")
            .put("size", "the length of the input is the s-op length")
            .put("position", PLACE)
            .put("positions", PLACE)
            .put("index", PLACE)
            .put("input", "the input is the s-op tokens")
            .put("histogram", "how often each token occurs is selector_width(select(tokens, tokens, ==))")
            .put("attention", "attention is aggregate(select(key, query, ==), values)")
            .put("null", NOTHING)
            .put("nil", NOTHING)
            .put("abs", "an absolute value is x if x > 0 else -x")
            .put("enumerate", PLACE)
            .put("true", "the truth values are True and False")
            .put("false", "the truth values are True and False")
            .put("select", "it stands with its brackets: select(key, query, ==)")
            .put("aggregate", "it stands with its brackets: aggregate(selector, s-op)")
            .put("range", "it stands with its brackets: range(3)")
            .put("zip", "it stands with its brackets: zip([1, 2], [3, 4])")
            .put("len", "it stands with its brackets: len([1, 2]); the length of the input is the s-op length")
            .put("None", NOTHING)
            .buildOrThrow();

    /** What is called to convert a value, by the value that it gives. */
    private static final ImmutableMap<String, String> CONVERSIONS = ImmutableMap.of(
            "str",
            "only a table makes strings of numbers, by a list: [\"0\", \"1\", \"2\"][indices];"
                    + " the input as strings is tokens_str",
            "int",
            "round(x) is the nearest whole number, x - x % 1 the one below; the input as ints is tokens_int;"
                    + " only a table reads other strings: {\"0\": 0, \"1\": 1}[x]",
            "float",
            "an int times 1.0 is a float; the input as floats is tokens_float;"
                    + " only a table reads other strings: {\"0\": 0.0, \"1\": 1.0}[x]",
            "bool",
            "a comparison makes truth values: x > 0; those of the input are tokens_bool");

    private PythonNames() {}

    /** The way out, if it is one of these, or one of Tracr's. */
    public static Optional<String> wayOut(String name) {
        return Optional.ofNullable(WAYS_OUT.get(name)).or(() -> TracrText.wayOut(name));
    }

    /** The way out where the name is called on something, which may be the tokens. */
    public static Optional<String> wayOut(String name, Expr argument) {
        boolean tokens = argument instanceof Expr.Name only && only.name().startsWith("tokens");
        return tokens
                ? wayOut(name)
                : Optional.ofNullable(CONVERSIONS.get(name)).or(() -> wayOut(name));
    }
}
