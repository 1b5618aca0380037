package io.rasplens.runtime.store.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.rasplens.grammar.diagnostic.SafeText;
import io.rasplens.runtime.store.error.ForeignName;
import io.rasplens.runtime.store.error.Memory;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Locale;

/** JSON text to a tree, strictly: no doubled names, no deep nesting, nothing after the end; numbers keep their spelling. */
public final class JsonText {
    private static final int DEEPEST = 64;
    /** A value in a tree: number, spelling, the element around it, its place in a list or map. */
    private static final int BYTES_PER_VALUE = 200;

    private long room;

    private JsonText(long room) {
        this.room = room;
    }

    /**
     * Reads one JSON value.
     *
     * @throws IOException with a reason in its message if the text is not JSON or breaks one of the rules
     */
    public static JsonElement parse(String text) throws IOException {
        return parse(new StringReader(text));
    }

    /** The same from a stream of characters. */
    public static JsonElement parse(Reader text) throws IOException {
        try (var reader = new JsonReader(text)) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(DEEPEST);
            JsonElement element = new JsonText(Memory.most(BYTES_PER_VALUE)).read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("text goes on after the end of the value");
            }
            return element;
        }
    }

    /**
     * The same JSON text with an escape in place of each character that acts on a terminal, and of each half of a surrogate pair,
     * which UTF-8 has no bytes for. All of these can only stand inside a string.
     */
    static String escapeUnsafe(String json) {
        if (json.codePoints().noneMatch(JsonText::isUnsafe)) {
            return json;
        }
        var out = new StringBuilder(json.length());
        json.codePoints().forEach(point -> {
            if (isUnsafe(point)) {
                for (char unit : Character.toChars(point)) {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    /** Line breaks stand between the items of a document. */
    private static boolean isUnsafe(int point) {
        return point != '\n' && SafeText.isUnsafe(point);
    }

    /** What was wrong, fit for a message: the first line, without Gson's advice. */
    public static String reason(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        // Nor with the path of a thousand brackets into a hostile document.
        int path = line.indexOf(" path $");
        return ForeignName.plain((path < 0 ? line : line.substring(0, path))
                .replace("Use JsonReader.setStrictness(Strictness.LENIENT) to accept ", ""));
    }

    private JsonElement read(JsonReader reader) throws IOException {
        if (--room < 0) {
            throw new IOException("it has more values than fit into memory");
        }
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

    private JsonArray readArray(JsonReader reader) throws IOException {
        var array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(read(reader));
        }
        reader.endArray();
        return array;
    }

    private JsonObject readObject(JsonReader reader) throws IOException {
        var object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.has(name)) {
                throw new IOException("the name " + ForeignName.name(name) + " stands twice");
            }
            object.add(name, read(reader));
        }
        reader.endObject();
        return object;
    }
}
