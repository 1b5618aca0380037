package io.rasplens.runtime.cli.subject;

import com.google.common.base.Suppliers;
import com.google.gson.JsonObject;
import java.util.function.Supplier;

/**
 * What a verb has to say about one input. It is put into words only in the form that is asked for.
 *
 * @param json for programs
 * @param jsonAgain for programs that were told of another input before: without what is the same for all
 * @param text for people, several lines
 * @param line for people, one line of many
 * @param ok false when a check failed
 */
public record Answer(
        Supplier<JsonObject> json,
        Supplier<JsonObject> jsonAgain,
        Supplier<String> text,
        Supplier<String> line,
        boolean ok) {
    /** An answer that is there. */
    public static Answer of(JsonObject json, String text, String line, boolean ok) {
        return new Answer(
                Suppliers.ofInstance(json),
                Suppliers.ofInstance(json),
                Suppliers.ofInstance(text),
                Suppliers.ofInstance(line),
                ok);
    }
}
