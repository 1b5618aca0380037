package io.rasplens.runtime.cli.print;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.rasplens.runtime.store.json.JsonOut;

/**
 * The answers of {@code rasp test}: a line for each file, more for each test that failed.
 *
 * @param files what {@code --json} tells of each file
 */
public record TestReport(ImmutableList<JsonObject> files) {

    /** One file: its line, and below it the tests that failed. */
    public static String text(JsonObject file) {
        if (file.has("error")) {
            return "FAIL  " + string(file, "file") + "  can't be tested\n";
        }
        int failures = file.get("failed").getAsInt();
        var out = new StringBuilder();
        out.append(failures == 0 ? "ok    " : "FAIL  ")
                .append(string(file, "file"))
                .append("  ")
                .append(string(file, "sop"))
                .append(" (-O")
                .append(file.get("optimization").getAsInt())
                .append(")  ")
                .append(failures == 0 ? "" : failures + " of ")
                .append(AnswerText.counted(tests(file).size(), "test"))
                .append(failures == 0 ? "" : " failed")
                .append('\n');
        for (JsonObject test : tests(file)) {
            if (!test.get("pass").getAsBoolean()) {
                out.append(string(test, "message"));
            }
        }
        return out.toString();
    }

    /** The last line. */
    public String summary() {
        long tests = files.stream().mapToLong(file -> tests(file).size()).sum();
        int failed = sum("failed");
        long untested = files.stream().filter(file -> file.has("error")).count();
        String verdict = failed > 0 ? failed + " failed" : tests == 0 ? "nothing passed" : "all passed";
        return AnswerText.counted(tests, "test") + " in " + AnswerText.counted(files.size() - untested, "file") + ": "
                + verdict + (untested > 0 ? "; " + AnswerText.counted(untested, "file") + " can't be tested" : "")
                + "\n";
    }

    public JsonObject json() {
        var json = new JsonObject();
        json.addProperty("passed", sum("passed"));
        json.addProperty("failed", sum("failed"));
        json.add("files", JsonOut.list(files, file -> file));
        return json;
    }

    /** The code of the error for which a file can't be tested. */
    public static String code(JsonObject file) {
        return string(file.getAsJsonObject("error"), "code");
    }

    /** The tests of a file. */
    static ImmutableList<JsonObject> tests(JsonObject file) {
        return file.getAsJsonArray("tests").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .collect(ImmutableList.toImmutableList());
    }

    static String string(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    private int sum(String name) {
        return files.stream().mapToInt(file -> file.get(name).getAsInt()).sum();
    }
}
