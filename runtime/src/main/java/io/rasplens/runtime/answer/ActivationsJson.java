package io.rasplens.runtime.answer;

import com.google.common.primitives.Ints;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.tensor.Tensor;
import java.util.List;

/** The activations of a run: shapes and nested numbers under their hook names. */
public final class ActivationsJson {
    private ActivationsJson() {}

    public static JsonObject of(List<Value> input, ActivationCache cache) {
        var all = new JsonObject();
        cache.activations().forEach((name, tensor) -> {
            var one = new JsonObject();
            one.add("shape", Json.ints(Ints.asList(tensor.shape())));
            one.add("values", nested(tensor, 0, 0, tensor.length()));
            all.add(name.text(), one);
        });
        var json = new JsonObject();
        json.add("input", Json.values(input));
        json.add("token_ids", Json.ints(cache.tokens().row(0).asList()));
        json.add("activations", all);
        return json;
    }

    private static JsonArray nested(Tensor tensor, int axis, int from, int length) {
        int size = tensor.size(axis);
        var array = new JsonArray(size);
        for (int i = 0; i < size; i++) {
            int part = length / size;
            array.add(
                    axis == tensor.rank() - 1
                            ? JsonOut.number(tensor.at(from + i))
                            : nested(tensor, axis + 1, from + i * part, part));
        }
        return array;
    }
}
