package io.rasplens.compiler.interpret;

import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import java.util.List;

/** Values as messages show them: never longer than a line, whatever the program built. */
public final class Shown {
    private static final int MAX_TEXT = 40;
    private static final int MAX_BITS = 140;
    private static final int MAX_ELEMENTS = 12;

    private Shown() {}

    /** The value as Python prints it, shortened. */
    public static String value(Value value) {
        if (value instanceof IntValue i && i.value().bitLength() > MAX_BITS) {
            long digits = Math.round(i.value().bitLength() * StrictMath.log10(2));
            return "an int of about " + digits + " digits";
        }
        if (value instanceof StringValue s && s.value().length() > MAX_TEXT) {
            int end = s.value().offsetByCodePoints(0, MAX_TEXT / 2);
            return new StringValue(s.value().substring(0, end)).repr() + "… ("
                    + s.value().length() + " characters)";
        }
        return value.repr();
    }

    /** {@code 'a' (string)}. */
    public static String withKind(Value value) {
        return value(value) + " (" + kind(value) + ")";
    }

    /** {@code ['a', 1, 0.5]}, with an ellipsis for the tail of a long one. */
    public static String sequence(List<? extends Value> values) {
        var out = new StringBuilder("[");
        for (int i = 0; i < values.size(); i++) {
            if (i == MAX_ELEMENTS) {
                return out.append(", … (")
                        .append(values.size())
                        .append(" values)]")
                        .toString();
            }
            out.append(i == 0 ? "" : ", ").append(value(values.get(i)));
        }
        return out.append(']').toString();
    }

    /** {@code int}, {@code float}, {@code string} or {@code bool}. */
    public static String kind(Value value) {
        return value instanceof IntValue
                ? "int"
                : value instanceof FloatValue ? "float" : value instanceof BoolValue ? "bool" : "string";
    }
}
