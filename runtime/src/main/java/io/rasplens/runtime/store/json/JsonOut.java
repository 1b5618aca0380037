package io.rasplens.runtime.store.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.rasplens.grammar.value.Value;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.function.Function;

/** The pieces that JSON documents of ours are made of. Field order is the order of adding, so equal models give equal text. */
public final class JsonOut {
    private JsonOut() {}

    /** A float, shortest digits that read back the same, always with a point or exponent; a string where JSON has no number. */
    public static JsonElement number(double value) {
        String text = Value.of(value).repr();
        return Double.isFinite(value) ? spelled(text) : new JsonPrimitive(text);
    }

    public static JsonElement number(BigInteger value) {
        return new JsonPrimitive(value);
    }

    public static <T> JsonArray list(Iterable<T> items, Function<? super T, JsonElement> encode) {
        var array = new JsonArray();
        items.forEach(item -> array.add(encode.apply(item)));
        return array;
    }

    public static JsonObject strings(java.util.Map<String, String> map) {
        var object = new JsonObject();
        map.forEach(object::addProperty);
        return object;
    }

    /** On one line. */
    public static String compact(JsonElement element) {
        return write(element, "");
    }

    /** With a field or item per line, a line feed at the end. */
    public static String pretty(JsonElement element) {
        return write(element, " ") + "\n";
    }

    /** A number spelled this way; Gson's own way to print a double differs from Python's. */
    private static JsonElement spelled(String digits) {
        try {
            return new JsonPrimitive(
                    ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(new JsonReader(new StringReader(digits))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(JsonElement element, String indent) {
        var text = new StringWriter();
        try (var writer = new JsonWriter(text)) {
            writer.setIndent(indent);
            writer.setSerializeNulls(true);
            write(writer, element);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JsonText.escapeUnsafe(text.toString());
    }

    private static void write(JsonWriter writer, JsonElement element) throws IOException {
        if (element.isJsonObject()) {
            writer.beginObject();
            for (var entry : element.getAsJsonObject().entrySet()) {
                writer.name(entry.getKey());
                write(writer, entry.getValue());
            }
            writer.endObject();
        } else if (element.isJsonArray()) {
            writer.beginArray();
            for (JsonElement item : element.getAsJsonArray()) {
                write(writer, item);
            }
            writer.endArray();
        } else if (element.isJsonNull()) {
            writer.nullValue();
        } else if (element.getAsJsonPrimitive().isNumber()) {
            writer.value(element.getAsNumber());
        } else if (element.getAsJsonPrimitive().isBoolean()) {
            writer.value(element.getAsBoolean());
        } else {
            writer.value(element.getAsString());
        }
    }
}
