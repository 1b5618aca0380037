package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.store.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunVerbTest {
    @TempDir
    Path folder = Path.of("");

    private String reverse = "";
    private String hist = "";

    @BeforeEach
    void write() throws IOException {
        reverse = Files.writeString(folder.resolve("reverse.rasp"), """
                        mirror = select(indices, length - indices - 1, ==);
                        reverse = aggregate(mirror, tokens_asis);
                        #@ vocab [1, 2, 3]
                        #@ max_length 5
                        #@ example [1, 2, 3]
                        """).toString();
        hist = Files.writeString(folder.resolve("hist.rasp"), "hist = selector_width(select(tokens, tokens, ==));")
                .toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void saysInputOutputAgreementAndSize(int level) {
        CommandRun run = CommandRun.of("run", reverse, "-O" + level);
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .startsWith(String.format(Locale.ROOT, """
                        input        [1, 2, 3]
                        output       [3, 2, 1]
                        interpreter  agrees

                        reverse as a transformer (-O%d)
                        """, level))
                .contains("layers", "heads", "d_model", "d_head", "d_mlp", "parameters", "non-zeros");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void answersInJson(int level) {
        JsonObject json =
                CommandRun.of("run", reverse, "-O", "" + level, "--json").json();
        assertThat(json.keySet())
                .containsExactly(
                        "sop",
                        "input",
                        "token_ids",
                        "output",
                        "expected",
                        "match",
                        "optimization",
                        "model",
                        "max_error",
                        "timing_ms");
        assertThat(json.get("input").toString()).isEqualTo("[1,2,3]");
        assertThat(json.get("output").toString()).isEqualTo("[3,2,1]");
        assertThat(json.get("expected").toString()).isEqualTo("[3,2,1]");
        assertThat(json.get("match").getAsBoolean()).isTrue();
        assertThat(json.get("optimization").getAsInt()).isEqualTo(level);
        assertThat(json.getAsJsonArray("token_ids")).hasSize(4);
        assertThat(json.getAsJsonObject("model").keySet())
                .containsExactly(
                        "n_layers",
                        "n_heads",
                        "d_model",
                        "d_head",
                        "d_mlp",
                        "n_ctx",
                        "d_vocab",
                        "d_vocab_out",
                        "parameters",
                        "nonzeros",
                        "heads_per_layer",
                        "mlp_per_layer");
        assertThat(json.getAsJsonObject("timing_ms").keySet())
                .containsExactly("parse", "elaborate", "compile", "forward");
    }

    @Test
    void numbersPrintAsRaspValues() throws IOException {
        String file = Files.writeString(folder.resolve("n.rasp"), "y = aggregate(full_s, indices) + tokens_int;")
                .toString();
        CommandRun run = CommandRun.of("run", file, "--input", "[1, 2]", "--json");
        assertThat(run.out()).contains("\"output\":[1.5,2.5]", "\"input\":[1,2]");
    }

    @Test
    void flagsWinOverDirectives() {
        assertThat(CommandRun.of("run", reverse, "--vocab", "[7, 8]", "--max-length", "2", "--input", "[7, 8]")
                        .out())
                .contains("output       [8, 7]");
        CommandRun tooLong = CommandRun.of("run", reverse, "--max-length", "2", "--input", "[1, 2, 3]");
        assertThat(tooLong.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(tooLong.err()).contains("error[E0802]");
    }

    @Test
    void anEqualValueStandsForTheToken() {
        CommandRun run = CommandRun.of("run", reverse, "--input", "[True, 2.0]");
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("output       [2, 1]", "interpreter  agrees");
    }

    @Test
    void causalHidesWhatComesLater() {
        assertThat(CommandRun.of("run", hist, "--input", "aab", "--causal").out())
                .contains("output       [1, 2, 1]", "interpreter  agrees");
        assertThat(CommandRun.of("eval", hist, "--input", "aab", "--causal").out())
                .contains("output  [1, 2, 1]");
    }

    @Test
    void aStreamIsAnsweredInOrderAndGoesOnAfterErrors() {
        CommandRun run = CommandRun.withInput(
                "[1, 2]\r\n[9]\n\n[3, 1,\n[1, 1, 1, 1, 1, 1]\n[2]", "run", reverse, "--inputs", "-", "--json");
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        List<JsonObject> lines = run.jsonLines();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0).get("output").toString()).isEqualTo("[2,1]");
        assertThat(code(lines.get(1))).isEqualTo("E0801");
        assertThat(code(lines.get(2))).isEqualTo("E0803");
        assertThat(code(lines.get(3))).isEqualTo("E0104");
        assertThat(code(lines.get(4))).isEqualTo("E0802");
        assertThat(lines.get(5).get("output").toString()).isEqualTo("[2]");
        assertThat(run.err()).contains("in line 2 of the standard input", "in line 5 of the standard input");
    }

    @Test
    void aStreamForPeopleHasALineForEachInput() throws IOException {
        Path inputs = Files.writeString(folder.resolve("inputs.txt"), "[1, 2]\n[9]\n[3]\n");
        CommandRun run = CommandRun.of("run", reverse, "--inputs", inputs.toString());
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.out()).isEqualTo("""
                [2, 1]
                error[E0801]: the token 9 is not in the model's vocabulary
                [3]
                """);
        assertThat(CommandRun.withInput("", "run", reverse, "--inputs", "-").exit())
                .as("no inputs, no failure")
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void aModelFromAFileRunsAlone() throws IOException {
        String model = folder.resolve("m.safetensors").toString();
        assertThat(CommandRun.of("compile", reverse, "-o", model).exit()).isEqualTo(ExitCode.OK);
        Files.delete(folder.resolve("config.json"));
        Files.delete(folder.resolve("codec.json"));
        Files.delete(Path.of(reverse));
        CommandRun run = CommandRun.of("run", model, "--input", "[3, 1]", "--json");
        assertThat(run.json().get("output").toString()).isEqualTo("[1,3]");
        assertThat(run.json().get("match").getAsBoolean()).isTrue();
        CommandRun changed = CommandRun.of("run", model, "--vocab", "ab", "-O0");
        assertThat(changed.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(changed.err()).contains("--vocab and -O");
    }

    /** Weights that say nothing of values take token ids as they are and answer ids. */
    @Test
    void aModelWithoutCodecRunsOnTokenIds() throws IOException {
        for (String file : List.of("model.safetensors", "config.json")) {
            Files.copy(Fixtures.folder("reverse").resolve(file), folder.resolve(file));
        }
        String bare = folder.resolve("model.safetensors").toString();
        String ids = "[3, 0, 1, 2]";

        CommandRun run = CommandRun.of("run", bare, "--input", ids, "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.json().get("token_ids").toString()).isEqualTo("[3,0,1,2]");
        assertThat(run.json().get("output").toString()).endsWith(",2,1,0]");
        assertThat(run.json().get("match").isJsonNull()).isTrue();
        assertThat(CommandRun.of("run", bare, "--input", ids).out()).contains("no program to compare with");
        CommandRun cache = CommandRun.of("cache", bare, "--input", ids, "--plot");
        assertThat(cache.exit()).as(cache.err()).isEqualTo(ExitCode.OK);

        assertThat(CommandRun.of("run", bare, "--input", "abc").err())
                .contains("error[E0805]", "ids from 0 to ", "codec.json beside the model");
        assertThat(CommandRun.of("run", bare, "--input", "[0, 99]").err())
                .contains("the token id 99 is outside the model's vocabulary", "from 0 to ");
        assertThat(CommandRun.of("run", bare, "--input", "[" + "0, ".repeat(40) + "0]")
                        .err())
                .contains("41 token ids, but the model's n_ctx is ");
        assertThat(CommandRun.of("patch", bare, "--input", ids, "--corrupted", ids)
                        .err())
                .contains("error[E0805]", "give it a codec.json");
    }

    @Test
    void evalKnowsNoVocabulary() {
        CommandRun run = CommandRun.of("eval", reverse, "--input", "[9, \"x\"]", "--json");
        assertThat(run.exit()).as(run.err()).isNotEqualTo(ExitCode.INTERNAL);
        assertThat(CommandRun.of("eval", reverse, "--input", "[9, 8]", "--json")
                        .json()
                        .toString())
                .isEqualTo("{\"sop\":\"reverse\",\"input\":[9,8],\"output\":[8,9]}");
        assertThat(CommandRun.of("eval", reverse, "--sop", "mirror", "--json")
                        .json()
                        .get("output")
                        .toString())
                .isEqualTo("[[0,0,1],[0,1,0],[1,0,0]]");
    }

    @Test
    void explainTellsTheRunStepByStep() {
        CommandRun run = CommandRun.of("run", reverse, "--input", "[1, 2, 3]", "--explain");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("embedding", "layer 0, head 0 ", "length: ", """
                  Position 0 asks for index 2: it looks at 2 and brings 3.
                  Position 1 asks for index 1: it looks at 1 and brings 2.
                  Position 2 asks for index 0: it looks at 0 and brings 1.
                        0: 1 1: 2 2: 3 |  BOS
                """, "answer ", "interpreter  agrees");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        JsonObject json = CommandRun.of("run", reverse, "--input", "[1, 2, 3]", "--explain", "--json")
                .json();
        assertThat(json.get("match").getAsBoolean()).isTrue();
        JsonObject last = json.getAsJsonArray("story").get(2).getAsJsonObject();
        assertThat(last.get("selected").toString()).isEqualTo("[[0,0,1],[0,1,0],[1,0,0]]");
    }

    @Test
    void explainCountsAndTakesDefaults() {
        CommandRun counted = CommandRun.of("run", hist, "--input", "aba", "--explain");
        assertThat(counted.out()).contains("Position 0 asks for token 'a': it looks at 0, 2 and counts 2.");
        CommandRun many =
                CommandRun.of("run", hist, "--input", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "--explain");
        assertThat(many.out())
                .contains("looks at 0, 1, 2 and 36 more and counts 39", "And so on for 32 more positions.");
        assertThat(many.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(CommandRun.withInput("a\n", "run", hist, "--inputs", "-", "--explain")
                        .err())
                .contains("E1106");
    }

    /** Heads that do parts of one work tell its result once, at the last; what nobody is found for takes the default. */
    @Test
    void explainTellsPartsAndEmptyLookups() throws IOException {
        String file = Files.writeString(folder.resolve("left.rasp"), """
                        left = aggregate(select(indices, indices - 1, ==), tokens, "-");
                        #@ vocab ["a", "b"]
                        #@ max_length 3
                        """).toString();
        assertThat(CommandRun.of("run", file, "--input", "ab", "--explain").out())
                .contains("Position 0 asks for index -1: it finds nobody and takes the default '-'.");
    }

    private static String code(JsonObject line) {
        return line.getAsJsonObject("error").get("code").getAsString();
    }
}
