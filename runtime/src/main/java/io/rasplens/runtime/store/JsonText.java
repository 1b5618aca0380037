package io.rasplens.runtime.store;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;

/** JSON text to a tree, strictly: no doubled names, no deep nesting, nothing after the end; numbers keep their spelling. */
final class JsonText {
    private static final int DEEPEST = 64;

    private JsonText() {}

    /**
     * Reads one JSON value.
     *
     * @throws IOException with a reason in its message if the text is not JSON or breaks one of the rules
     */
    static JsonElement parse(String text) throws IOException {
        return parse(new StringReader(text));
    }

    /** The same from a stream of characters. */
    static JsonElement parse(Reader text) throws IOException {
        try (var reader = new JsonReader(text)) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(DEEPEST);
            JsonElement element = read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("text goes on after the end of the value");
            }
            return element;
        }
    }

    /**
     * The same JSON text with an escape in place of each half of a surrogate pair, which UTF-8 has no bytes for (it can only
     * stand inside a string).
     */
    static String escapeHalfPairs(String json) {
        var out = new StringBuilder(json.length());
        json.codePoints().forEach(point -> {
            if (Character.getType(point) == Character.SURROGATE) {
                out.append(String.format("\\u%04x", point));
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    /** What was wrong, fit for a message: the first line, without Gson's advice. */
    static String reason(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return Shown.plain(line.replace("Use JsonReader.setStrictness(Strictness.LENIENT) to accept ", ""));
    }

    private static JsonElement read(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> readObject(reader);
            case BEGIN_ARRAY -> readArray(reader);
            case STRING -> new JsonPrimitive(reader.nextString());
            case NUMBER -> new JsonPrimitive(ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(reader));
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NULL -> {
                reader.nextNull();
                yield JsonNull.INSTANCE;
            }
            case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT -> throw new IOException("text ends too early");
        };
    }

    private static JsonArray readArray(JsonReader reader) throws IOException {
        var array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(read(reader));
        }
        reader.endArray();
        return array;
    }

    private static JsonObject readObject(JsonReader reader) throws IOException {
        var object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.has(name)) {
                throw new IOException("the name " + Shown.name(name) + " stands twice");
            }
            object.add(name, read(reader));
        }
        reader.endObject();
        return object;
    }
}
