package io.rasplens.runtime.web;

import com.google.common.primitives.Ints;
import com.google.gson.JsonObject;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.tensor.Tensor;

/**
 * Two numbers of 32 bits for each activation of a run, made of the bits of all its values in their order: two machines that compute the same
 * give the same. Megabytes of values become a line each.
 */
final class ActivationDigests {
    private static final int FIRST_FACTOR = 31;
    private static final int SECOND_FACTOR = 0x01000193;

    private ActivationDigests() {}

    static JsonObject of(ActivationCache cache) {
        var all = new JsonObject();
        cache.activations().forEach((name, tensor) -> {
            var one = new JsonObject();
            one.add("shape", Json.ints(Ints.asList(tensor.shape())));
            one.addProperty("digest", digest(tensor));
            all.add(name.text(), one);
        });
        var json = new JsonObject();
        json.add("activations", all);
        return json;
    }

    private static String digest(Tensor tensor) {
        int first = 17;
        int second = 0x811c9dc5;
        for (int i = 0; i < tensor.length(); i++) {
            long bits = Double.doubleToLongBits(tensor.at(i));
            int high = (int) (bits >>> 32);
            int low = (int) bits;
            first = (first * FIRST_FACTOR + high) * FIRST_FACTOR + low;
            second = ((second ^ high) * SECOND_FACTOR ^ low) * SECOND_FACTOR;
        }
        return first + "/" + second;
    }
}
