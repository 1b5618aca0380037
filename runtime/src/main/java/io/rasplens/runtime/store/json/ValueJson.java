package io.rasplens.runtime.store.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.grammar.value.BoolValue;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.error.StoreException;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * RASP values in JSON, kinds kept: a number with a point or exponent is a float, one without an int. What JSON can't say
 * plainly becomes an object: {@code {"float": "inf"}}, and {@code {"int": "…"}} for an int of more digits than readers take.
 */
public final class ValueJson {
    private static final int PLAIN_DIGITS = 300;
    private static final int MOST_DIGITS = 100_000;
    private static final Pattern INT = Pattern.compile("-?[0-9]+");

    private ValueJson() {}

    public static JsonElement encode(Value value) {
        if (value instanceof StringValue s) {
            return new JsonPrimitive(s.value());
        }
        if (value instanceof BoolValue b) {
            return new JsonPrimitive(b.value());
        }
        if (value instanceof IntValue i) {
            String digits = i.value().toString();
            return digits.length() <= PLAIN_DIGITS ? JsonOut.number(i.value()) : wrapped("int", digits);
        }
        double number = ((FloatValue) value).value();
        return Double.isFinite(number) ? JsonOut.number(number) : wrapped("float", value.repr());
    }

    public static Value decode(JsonNode node) throws StoreException {
        if (node.isString()) {
            return Value.of(node.string());
        }
        if (node.isBoolean()) {
            return Value.of(node.bool());
        }
        if (node.isNumber()) {
            String text = node.number();
            return INT.matcher(text).matches() ? integer(node, text) : Value.of(Double.parseDouble(text));
        }
        if (node.isObject() && node.names().size() == 1) {
            if (node.optional("int").isPresent()) {
                return integer(node, node.field("int").string());
            }
            if (node.optional("float").isPresent()) {
                return Value.of(node.field("float").real());
            }
        }
        throw node.wrong("must be a RASP value: a number, a string, true or false");
    }

    private static Value integer(JsonNode node, String digits) throws StoreException {
        if (digits.length() > MOST_DIGITS || !INT.matcher(digits).matches()) {
            throw node.wrong("must be an int of at most " + MOST_DIGITS + " digits");
        }
        return IntValue.of(new BigInteger(digits));
    }

    private static JsonObject wrapped(String kind, String text) {
        var object = new JsonObject();
        object.addProperty(kind, text);
        return object;
    }
}
