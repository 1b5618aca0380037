package io.rasplens.runtime.answer;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.Astray;
import io.rasplens.runtime.analysis.TestOutcome;
import io.rasplens.runtime.store.json.JsonOut;
import java.util.Optional;

/**
 * What {@code rasp test} found of one file.
 *
 * @param file the name as it was given
 * @param sop the s-op tested; empty where the file was rejected
 * @param level the level that it is compiled at
 * @param outcomes one for each test
 * @param error why the file can't be tested at all
 */
public record TestedFile(
        String file,
        Optional<String> sop,
        Level level,
        ImmutableList<TestOutcome> outcomes,
        Optional<ImmutableList<Diagnostic>> error) {

    public static TestedFile of(String file, String sop, Level level, ImmutableList<TestOutcome> outcomes) {
        return new TestedFile(file, Optional.of(sop), level, outcomes, Optional.empty());
    }

    public static TestedFile failed(String file, Level level, ImmutableList<Diagnostic> error) {
        return new TestedFile(file, Optional.empty(), level, ImmutableList.of(), Optional.of(error));
    }

    public int passed() {
        return (int) outcomes.stream().filter(TestOutcome::passed).count();
    }

    public int failures() {
        return outcomes.size() - passed();
    }

    /** As {@code --json} prints it. */
    public JsonObject json() {
        JsonObject json = error.map(Json::error).orElseGet(JsonObject::new);
        json.addProperty("file", file);
        json.add("sop", sop.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
        json.addProperty("optimization", level.number());
        json.addProperty("passed", passed());
        json.addProperty("failed", failures());
        json.add("tests", JsonOut.list(outcomes, outcome -> json(outcome, file)));
        return json;
    }

    private static JsonElement json(TestOutcome outcome, String file) {
        var json = new JsonObject();
        json.addProperty("line", outcome.test().span().line());
        json.add("about", outcome.about().<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
        json.add("input", Json.values(outcome.test().input()));
        json.add("expected", Json.values(outcome.test().expected()));
        json.add("interpreter", answer(outcome.interpreter()));
        json.add("transformer", answer(outcome.transformer()));
        json.addProperty("pass", outcome.passed());
        json.add("message", outcome.passed() ? JsonNull.INSTANCE : new JsonPrimitive(FailedTestText.of(outcome, file)));
        json.add("astray", outcome.astray().<JsonElement>map(TestedFile::json).orElse(JsonNull.INSTANCE));
        return json;
    }

    /** The values, or {@code {"error": {…}}}. */
    private static JsonElement answer(Result<ImmutableList<Value>> answer) {
        return answer instanceof Result.Success<ImmutableList<Value>> success
                ? Json.values(success.value())
                : Json.error(answer.diagnostics());
    }

    private static JsonObject json(Astray astray) {
        var json = new JsonObject();
        json.addProperty("name", astray.name());
        json.add(
                "line",
                astray.place()
                        .<JsonElement>map(place -> new JsonPrimitive(place.line()))
                        .orElse(JsonNull.INSTANCE));
        json.addProperty("position", astray.difference().position());
        if (astray.difference() instanceof Astray.KeysDiffer keys) {
            json.addProperty("kind", "keys");
            json.add("actual", Json.ints(keys.actual()));
            json.add("expected", Json.ints(keys.expected()));
        } else if (astray.difference() instanceof Astray.ValuesDiffer values) {
            json.addProperty("kind", "values");
            json.add("actual", Json.values(values.actual()));
            json.add("expected", Json.values(values.expected()));
        } else {
            json.addProperty("kind", "failed");
            json.addProperty("message", ((Astray.Failed) astray.difference()).message());
        }
        return json;
    }
}
