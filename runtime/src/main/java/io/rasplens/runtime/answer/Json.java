package io.rasplens.runtime.answer;

import com.google.common.collect.Lists;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticData;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.ModelSize;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.store.json.ValueJson;
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

    /** A model's shape and size. */
    public static JsonObject model(CompiledModel model) {
        TransformerConfig config = model.config();
        ModelSize size = ModelSize.of(model);
        var object = new JsonObject();
        object.addProperty("n_layers", config.nLayers());
        object.addProperty("n_heads", config.nHeads());
        object.addProperty("d_model", config.dModel());
        object.addProperty("d_head", config.dHead());
        object.addProperty("d_mlp", config.dMlp());
        object.addProperty("n_ctx", config.nCtx());
        object.addProperty("d_vocab", config.dVocab());
        object.addProperty("d_vocab_out", config.dVocabOut());
        object.addProperty("parameters", size.parameters());
        object.addProperty("nonzeros", size.nonZeros());
        object.add(
                "heads_per_layer",
                ints(Lists.transform(
                        model.weights().layers(), layer -> layer.heads().size())));
        object.add(
                "mlp_per_layer",
                ints(Lists.transform(
                        model.weights().layers(), layer -> layer.mlp().hiddenWidth())));
        return object;
    }

    /** {@code {"error": {…}}} for the first error among the diagnostics. */
    public static JsonObject error(List<Diagnostic> diagnostics) {
        Diagnostic first = diagnostics.stream()
                .filter(Diagnostic::isError)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no error"));
        DiagnosticData data = DiagnosticData.of(first);
        var inner = new JsonObject();
        inner.addProperty("code", data.code());
        inner.addProperty("message", data.message());
        inner.addProperty("file", data.file());
        inner.addProperty("line", data.line());
        inner.addProperty("column", data.column());
        var outer = new JsonObject();
        outer.add("error", inner);
        return outer;
    }

    /** The first error on one line: {@code error[E0801]: the token 9 is not in the model's vocabulary}. */
    public static String brief(List<Diagnostic> diagnostics) {
        Optional<Diagnostic> error =
                diagnostics.stream().filter(Diagnostic::isError).findFirst();
        return error.map(e -> "error[" + e.code().id() + "]: " + e.message()).orElse("error");
    }

    /** A string, or null. */
    public static JsonElement text(Optional<String> text) {
        return text.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE);
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
        json.add("tolerance", JsonOut.number(certificate.tolerance()));
        json.add("tolerance_limited_by", text(certificate.toleranceLimitedBy()));
        json.add("movement", JsonOut.number(certificate.movement()));
        json.add("largest_weight", JsonOut.number(certificate.largestWeight()));
        json.addProperty("exact_in_float32", certificate.exactInFloat32());
        return json;
    }
}
