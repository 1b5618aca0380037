package io.rasplens.runtime.answer;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.runtime.analysis.intervene.InterchangeReport;
import io.rasplens.runtime.store.json.JsonOut;
import io.rasplens.runtime.store.json.ValueJson;

/** What {@code interchange} answers. */
public final class InterchangeJson {
    private InterchangeJson() {}

    public static JsonObject of(InterchangeReport report) {
        var json = new JsonObject();
        json.add("accuracy", JsonOut.number(report.accuracy()));
        json.add("sops", JsonOut.list(report.sops(), InterchangeJson::sop));
        if (!report.isComplete()) {
            json.add("sample", sample(report));
        }
        return json;
    }

    /** How many were done of those that were planned, with those that have no answer. */
    private static JsonElement sample(InterchangeReport report) {
        var json = new JsonObject();
        json.addProperty(
                "done",
                report.sops().stream()
                        .mapToLong(sop -> sop.tried() + sop.unanswered())
                        .sum());
        json.addProperty(
                "planned",
                report.sops().stream().mapToLong(InterchangeReport.Sop::planned).sum());
        return json;
    }

    private static JsonElement sop(InterchangeReport.Sop sop) {
        var json = new JsonObject();
        json.addProperty("name", sop.readout().sop());
        json.add("line", SopJson.line(sop.readout()));
        json.add("accuracy", JsonOut.number(sop.accuracy()));
        json.addProperty("tried", sop.tried());
        json.add(
                "counterexample",
                sop.counterexample()
                        .<JsonElement>map(InterchangeJson::counterexample)
                        .orElse(JsonNull.INSTANCE));
        return json;
    }

    private static JsonElement counterexample(InterchangeReport.Counterexample found) {
        var json = new JsonObject();
        json.add("input", Json.values(found.input()));
        json.add("position", new JsonPrimitive(found.position()));
        json.add("value", ValueJson.encode(found.value()));
        json.add("expected", Json.values(found.expected()));
        json.add("output", Json.values(found.output()));
        return json;
    }
}
