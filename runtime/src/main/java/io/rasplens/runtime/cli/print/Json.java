package io.rasplens.runtime.cli.print;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.JsonOut;
import io.rasplens.runtime.store.ValueJson;
import java.util.List;
import java.util.Optional;

/** Pieces of the JSON answers. */
public final class Json {
    private Json() {}

    public static JsonArray values(List<Value> values) {
        return JsonOut.list(values, ValueJson::encode);
    }

    public static JsonElement ints(Iterable<Integer> values) {
        var array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    /** What the compiler proved of a model's errors; null where it proves nothing. */
    public static JsonElement certificate(Optional<Certificate> certificate) {
        return certificate.map(Json::bounds).orElse(JsonNull.INSTANCE);
    }

    private static JsonElement bounds(Certificate certificate) {
        var json = new JsonObject();
        json.add("attention_leak", JsonOut.number(certificate.attentionLeak()));
        json.add("threshold_margin", JsonOut.number(certificate.thresholdMargin()));
        json.add("numeric_error", JsonOut.number(certificate.numericError()));
        json.add("numeric_error_32", JsonOut.number(certificate.numericError32()));
        return json;
    }
}
