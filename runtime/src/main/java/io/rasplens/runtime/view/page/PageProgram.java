package io.rasplens.runtime.view.page;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.store.json.ValueJson;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The program that is open when a page is.
 *
 * @param loads texts of the files that it loads, by the path as written in the statement
 * @param sop the s-op to show; empty for what the program says, as are the three below
 */
public record PageProgram(
        String name,
        String text,
        ImmutableMap<String, String> loads,
        Level level,
        Optional<String> sop,
        Optional<ImmutableList<Value>> vocabulary,
        OptionalInt maxLength,
        Optional<Boolean> causal,
        Optional<ImmutableList<Value>> input) {

    /** The program of a saved model, on an input or its example. */
    public static PageProgram of(ProgramSource source, Optional<ImmutableList<Value>> input) {
        return new PageProgram(
                source.fileName(),
                source.text(),
                source.loads(),
                source.level(),
                Optional.of(source.sop()),
                Optional.of(source.vocabulary()),
                OptionalInt.of(source.maxLength()),
                Optional.of(source.causal()),
                input);
    }

    JsonObject json() {
        var json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("source", text);
        var all = new JsonObject();
        loads.forEach(all::addProperty);
        json.add("loads", all);
        json.addProperty("level", level.number());
        sop.ifPresent(value -> json.addProperty("sop", value));
        vocabulary.ifPresent(values -> json.add("vocab", JsonOut.list(values, ValueJson::encode)));
        if (maxLength.isPresent()) {
            json.addProperty("maxLength", maxLength.getAsInt());
        }
        causal.ifPresent(value -> json.add("causal", new JsonPrimitive(value)));
        input.ifPresent(values -> json.add("input", JsonOut.list(values, ValueJson::encode)));
        return json;
    }
}
