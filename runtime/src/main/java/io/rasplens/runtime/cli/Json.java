package io.rasplens.runtime.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.JsonOut;
import io.rasplens.runtime.store.ValueJson;
import java.util.List;

/** Pieces of the JSON answers. */
final class Json {
    private Json() {}

    static JsonArray values(List<Value> values) {
        return JsonOut.list(values, ValueJson::encode);
    }

    static JsonElement ints(Iterable<Integer> values) {
        var array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
