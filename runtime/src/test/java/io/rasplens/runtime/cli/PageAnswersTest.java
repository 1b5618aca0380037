package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableListMultimap;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rasplens.runtime.web.PageEngine;
import io.rasplens.runtime.web.PageRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script on the page is answered is what the command line prints with {@code --json}, but for times and names of files. */
class PageAnswersTest {
    private static final Map<String, String> PROGRAMS = Map.of(
            "sort", """
                    #@ vocab ["a", "b", "c"]
                    #@ max_length 4
                    #@ example "bab"
                    #@ keep place
                    #@ output in_order
                    place = selector_width(select(tokens, tokens, <) or (select(tokens, tokens, ==) and select(indices, indices, <)));
                    in_order = aggregate(select(place, indices, ==), tokens);
                    #@ test "cab" == ["a", "b", "c"]
                    #@ test "aab" == ["a", "b", "a"]
                    """,
            "fails on some", """
                    #@ vocab ["a", "b"]
                    #@ max_length 3
                    #@ example "aab"
                    found = aggregate(select(tokens, "b", ==), tokens);
                    half = 1 / (2 - selector_width(select(tokens, "b", ==)));
                    #@ output half
                    #@ test "ab" == [1, 1]
                    """,
            "numbers", """
                    #@ vocab [1, 2.5, 3]
                    #@ max_length 3
                    #@ causal
                    #@ example [1, 2.5]
                    mean = aggregate(full_s, tokens_float);
                    #@ test [1, 3] == [1, 2]
                    """,
            "broken", "#@ example \"ab\"\nx = tokns;\n");

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"run", "cache", "test", "compile", "format"})
    void verbsAnswerAlike(String verb) throws IOException {
        for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
            String file = write(program.getValue());
            List<String> arguments = new ArrayList<>(List.of(verb.equals("format") ? "fmt" : verb, file, "--json"));
            if (verb.equals("compile")) {
                arguments.addAll(
                        List.of("-o", folder.resolve("model.safetensors").toString()));
            }
            JsonObject page = ask(verb, "source", program.getValue());
            assertThat(page.has("error"))
                    .as(program.getKey())
                    .isEqualTo(program.getKey().equals("broken") && !verb.equals("format") && !verb.equals("test"));
            page.remove("diagnostics");
            assertThat(plain(page))
                    .as(program.getKey())
                    .isEqualTo(plain(
                            CommandRun.of(arguments.toArray(new String[0])).json()));
        }
    }

    @ParameterizedTest
    @CsvSource({"place[1]=0", "place[0]=2"})
    void settingAnswersAlike(String edit) throws IOException {
        String file = write(PROGRAMS.getOrDefault("sort", ""));
        JsonObject page = ask("set", "source", PROGRAMS.getOrDefault("sort", ""), "set", edit.replace("]=", "]=t"));
        assertThat(plain(page))
                .isEqualTo(plain(
                        CommandRun.of("patch", file, "--set", edit, "--json").json()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aac", "cab"})
    void patchingAnswersAlike(String corrupted) throws IOException {
        String program = PROGRAMS.getOrDefault("sort", "");
        JsonObject page = ask("patch", "source", program, "corrupted", "t" + corrupted);
        assertThat(plain(page))
                .isEqualTo(plain(CommandRun.of("patch", write(program), "--corrupted", corrupted, "--json")
                        .json()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"E0203", "E0408", "sort", "aggregate", "keep", "causal", "select"})
    void topicsAreExplainedAlike(String topic) {
        assertThat(plain(ask("explain", "topic", topic)))
                .isEqualTo(plain(CommandRun.of("explain", topic, "--json").json()));
    }

    private String write(String program) throws IOException {
        Path file = folder.resolve("program.rasp");
        Files.writeString(file, program);
        return file.toString();
    }

    private static JsonObject ask(String verb, String... fields) {
        ImmutableListMultimap.Builder<String, String> all = ImmutableListMultimap.builder();
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return JsonParser.parseString(new PageEngine()
                        .answer(verb, PageRequest.of(all.build()))
                        .toString())
                .getAsJsonObject();
    }

    /** Without what differs from run to run, and without the names of files. */
    private static JsonElement plain(JsonElement json) {
        if (json.isJsonObject()) {
            JsonObject object = json.getAsJsonObject();
            object.remove("timing_ms");
            object.remove("file");
            if (object.has("certificate")) {
                object.remove("files");
            }
            object.entrySet().forEach(entry -> plain(entry.getValue()));
        } else if (json.isJsonArray()) {
            json.getAsJsonArray().forEach(PageAnswersTest::plain);
        }
        return json;
    }
}
