package io.rasplens.runtime.cli.print;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.analysis.TestOutcome;
import io.rasplens.runtime.store.JsonOut;
import java.util.List;

/** The answers of {@code rasp test}: a line for each file, more for each test that failed. */
public record TestReport(List<TestedFile> files) {

    /** One file: its line, and below it the tests that failed. */
    public static String text(TestedFile file) {
        if (file.error().isPresent()) {
            return "FAIL  " + file.file() + "  can't be tested\n";
        }
        var out = new StringBuilder();
        out.append(file.failures() == 0 ? "ok    " : "FAIL  ")
                .append(file.file())
                .append("  ")
                .append(file.sop().orElse(""))
                .append(" (")
                .append(file.level().flag())
                .append(")  ")
                .append(file.failures() == 0 ? "" : file.failures() + " of ")
                .append(Text.counted(file.outcomes().size(), "test"))
                .append(file.failures() == 0 ? "" : " failed")
                .append('\n');
        file.outcomes().stream().filter(outcome -> !outcome.passed()).forEach(outcome -> failure(out, outcome));
        return out.toString();
    }

    /** The last line. */
    public String summary() {
        int tests = files.stream().mapToInt(f -> f.outcomes().size()).sum();
        int failed = files.stream().mapToInt(TestedFile::failures).sum();
        long untested = files.stream().filter(f -> f.error().isPresent()).count();
        String verdict = failed > 0 ? failed + " failed" : tests == 0 ? "nothing passed" : "all passed";
        return Text.counted(tests, "test") + " in " + Text.counted(files.size() - untested, "file") + ": " + verdict
                + (untested > 0 ? "; " + Text.counted(untested, "file") + " can't be tested" : "") + "\n";
    }

    public JsonObject json() {
        var json = new JsonObject();
        json.addProperty("passed", files.stream().mapToInt(TestedFile::passed).sum());
        json.addProperty("failed", files.stream().mapToInt(TestedFile::failures).sum());
        json.add("files", JsonOut.list(files, TestReport::json));
        return json;
    }

    private static void failure(StringBuilder out, TestOutcome outcome) {
        out.append("        line ")
                .append(outcome.test().span().line())
                .append(": ")
                .append(Text.values(outcome.test().input()))
                .append('\n')
                .append("          expected     ")
                .append(Text.values(outcome.test().expected()))
                .append('\n');
        side(out, "interpreter", outcome, outcome.interpreter());
        side(out, "transformer", outcome, outcome.transformer());
    }

    private static void side(StringBuilder out, String name, TestOutcome outcome, Result<ImmutableList<Value>> answer) {
        out.append("          ")
                .append(name)
                .append("  ")
                .append(
                        answer instanceof Result.Success<ImmutableList<Value>> success
                                ? Text.values(success.value())
                                : Report.brief(answer.diagnostics()))
                .append(outcome.isExpected(answer) ? "" : "   <- differs")
                .append('\n');
    }

    private static JsonElement json(TestedFile file) {
        JsonObject json = file.error().map(Report::error).orElseGet(JsonObject::new);
        json.addProperty("file", file.file());
        json.add("sop", file.sop().<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
        json.addProperty("optimization", file.level().number());
        json.addProperty("passed", file.passed());
        json.addProperty("failed", file.failures());
        json.add("tests", JsonOut.list(file.outcomes(), TestReport::json));
        return json;
    }

    private static JsonElement json(TestOutcome outcome) {
        var json = new JsonObject();
        json.addProperty("line", outcome.test().span().line());
        json.add("input", Json.values(outcome.test().input()));
        json.add("expected", Json.values(outcome.test().expected()));
        json.add("interpreter", answer(outcome.interpreter()));
        json.add("transformer", answer(outcome.transformer()));
        json.addProperty("pass", outcome.passed());
        return json;
    }

    /** The values, or {@code {"error": {…}}}. */
    private static JsonElement answer(Result<ImmutableList<Value>> answer) {
        return answer instanceof Result.Success<ImmutableList<Value>> success
                ? Json.values(success.value())
                : Report.error(answer.diagnostics());
    }
}
