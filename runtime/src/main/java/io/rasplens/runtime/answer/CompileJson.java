package io.rasplens.runtime.answer;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.runtime.store.json.JsonOut;
import java.util.List;

/** What a compilation gave. */
public final class CompileJson {
    private CompileJson() {}

    /**
     * The s-op, the inputs it is for, the model's size and certificate.
     *
     * @param files those that were written
     */
    public static JsonObject of(ReadyModel subject, List<String> files) {
        ProgramSource stored = subject.model().program().orElseThrow();
        var json = new JsonObject();
        json.addProperty("sop", stored.sop());
        json.add("vocab", Json.values(stored.vocabulary()));
        json.addProperty("max_length", stored.maxLength());
        json.addProperty("causal", stored.causal());
        json.addProperty("optimization", stored.level().number());
        json.add("model", Json.model(subject.model()));
        json.add("certificate", Json.certificate(subject.model().certificate()));
        json.add("files", JsonOut.list(files, JsonPrimitive::new));
        json.add("timing_ms", subject.timings().json());
        return json;
    }
}
