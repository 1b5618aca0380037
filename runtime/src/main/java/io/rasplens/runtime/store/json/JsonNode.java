package io.rasplens.runtime.store.json;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.gson.JsonElement;
import io.rasplens.grammar.diagnostic.SafeText;
import io.rasplens.runtime.store.error.ForeignName;
import io.rasplens.runtime.store.error.StoreCode;
import io.rasplens.runtime.store.error.StoreException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * A place in a JSON document that somebody else wrote. Every wrong kind, missing field or number out of range is a
 * {@link StoreException} that names the place: {@code config.json: n_heads must be a whole number from 1 to …}.
 */
public final class JsonNode {
    /** Turns one place into a value. */
    public interface Decoder<T> {
        T decode(JsonNode node) throws StoreException;
    }

    private static final int MOST_DIGITS = 400;

    private final StoreCode code;
    private final String document;
    private final String path;
    private final JsonElement element;

    private JsonNode(StoreCode code, String document, String path, JsonElement element) {
        this.code = code;
        this.document = document;
        this.path = path;
        this.element = element;
    }

    /**
     * The root of a document.
     *
     * @param code what a mistake in it is called
     * @param document its name, for messages
     */
    public static JsonNode root(StoreCode code, String document, JsonElement element) {
        return new JsonNode(code, document, "", element);
    }

    public StoreException wrong(String what) {
        return new StoreException(code, document + ": " + (path.isEmpty() ? "the document" : path) + " " + what);
    }

    public boolean isNull() {
        return element.isJsonNull();
    }

    boolean isString() {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
    }

    boolean isNumber() {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
    }

    boolean isBoolean() {
        return element.isJsonPrimitive() && element.getAsJsonPrimitive().isBoolean();
    }

    boolean isObject() {
        return element.isJsonObject();
    }

    public ImmutableSet<String> names() throws StoreException {
        return ImmutableSet.copyOf(object().keySet());
    }

    public JsonNode field(String name) throws StoreException {
        Optional<JsonNode> field = optional(name);
        if (field.isEmpty()) {
            throw wrong("lacks " + ForeignName.name(name));
        }
        return field.get();
    }

    /** The field, if it is there; it may be null. */
    public Optional<JsonNode> optional(String name) throws StoreException {
        JsonElement field = object().get(name);
        String at = path.isEmpty() ? name : path + "." + name;
        return field == null ? Optional.empty() : Optional.of(new JsonNode(code, document, at, field));
    }

    /** The field, if it is there and not null. */
    public Optional<JsonNode> present(String name) throws StoreException {
        return optional(name).filter(node -> !node.isNull());
    }

    public <T> Optional<T> present(String name, Decoder<T> decoder) throws StoreException {
        Optional<JsonNode> field = present(name);
        return field.isPresent() ? Optional.of(decoder.decode(field.get())) : Optional.empty();
    }

    public String string() throws StoreException {
        if (!isString()) {
            throw wrong("must be a string");
        }
        return element.getAsString();
    }

    /** A name or a remark, which somebody will print. */
    public String name() throws StoreException {
        return SafeText.line(string());
    }

    public boolean bool() throws StoreException {
        if (!isBoolean()) {
            throw wrong("must be true or false");
        }
        return element.getAsBoolean();
    }

    /** The digits of a number as they stand in the document. */
    String number() throws StoreException {
        if (!isNumber()) {
            throw wrong("must be a number");
        }
        return element.getAsString();
    }

    /** A whole number; {@code 4.0} and {@code 1e3} are whole too, as other writers put them. */
    public int integer(int low, int high) throws StoreException {
        String text = number();
        try {
            if (text.length() < MOST_DIGITS) {
                var value = new BigDecimal(text);
                // The bound on the scale keeps 1e999999999 from being written out.
                if (Math.abs((long) value.scale()) < MOST_DIGITS
                        && value.compareTo(BigDecimal.valueOf(low)) >= 0
                        && value.compareTo(BigDecimal.valueOf(high)) <= 0) {
                    return value.intValueExact();
                }
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // Not whole, or too large even for that: same message.
        }
        throw wrong("must be a whole number from " + low + " to " + high + ", not " + ForeignName.name(text));
    }

    /** A float; {@link JsonOut#number} writes those that JSON has no number for as strings. */
    public double real() throws StoreException {
        if (isString()) {
            return switch (string()) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan" -> Double.NaN;
                default -> throw wrong("must be a number");
            };
        }
        return Double.parseDouble(number());
    }

    public <T> ImmutableList<T> list(Decoder<T> decoder) throws StoreException {
        if (!element.isJsonArray()) {
            throw wrong("must be a list");
        }
        var out = ImmutableList.<T>builder();
        int index = 0;
        for (JsonElement item : element.getAsJsonArray()) {
            out.add(decoder.decode(new JsonNode(code, document, path + "[" + index + "]", item)));
            index++;
        }
        return out.build();
    }

    public ImmutableMap<String, String> strings() throws StoreException {
        var out = ImmutableMap.<String, String>builder();
        for (Map.Entry<String, JsonElement> entry : object().entrySet()) {
            out.put(entry.getKey(), field(entry.getKey()).string());
        }
        return out.buildOrThrow();
    }

    private Map<String, JsonElement> object() throws StoreException {
        if (!element.isJsonObject()) {
            throw wrong("must be an object");
        }
        return element.getAsJsonObject().asMap();
    }
}
