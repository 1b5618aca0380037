package io.rasplens.runtime.web;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Label;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.store.json.JsonOut;
import java.util.List;

/** Diagnostics with the places that an editor underlines. */
final class DiagnosticsJson {
    private DiagnosticsJson() {}

    /** {@code {"error": {…}, "diagnostics": […]}}; the error only where there is one. */
    static JsonObject of(List<Diagnostic> diagnostics) {
        JsonObject json =
                diagnostics.stream().anyMatch(Diagnostic::isError) ? Json.error(diagnostics) : new JsonObject();
        json.add("diagnostics", list(diagnostics));
        return json;
    }

    private static JsonArray list(List<Diagnostic> diagnostics) {
        return JsonOut.list(diagnostics, diagnostic -> {
            var json = new JsonObject();
            json.addProperty("code", diagnostic.code().id());
            json.addProperty("title", diagnostic.code().title());
            json.addProperty("severity", diagnostic.isError() ? "error" : "warning");
            json.addProperty("message", diagnostic.message());
            json.add("labels", JsonOut.list(diagnostic.labels(), DiagnosticsJson::label));
            json.add("notes", JsonOut.list(diagnostic.notes(), JsonPrimitive::new));
            json.add("help", Json.text(diagnostic.help()));
            return json;
        });
    }

    /** Offsets are those of the text as JavaScript counts them, in UTF-16 units. */
    private static JsonObject label(Label label) {
        var json = new JsonObject();
        json.addProperty("start", label.span().start());
        json.addProperty("end", label.span().end());
        json.addProperty("line", label.span().line());
        json.addProperty("column", label.span().column());
        json.addProperty("text", label.text());
        return json;
    }
}
