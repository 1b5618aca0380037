package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.rasplens.runtime.cli.print.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a program whose one layer moves the token before to each place. */
class PatchVerbTest {
    @TempDir
    Path folder = Path.of("");

    private String program = "";

    @BeforeEach
    void write() throws IOException {
        program = Files.writeString(folder.resolve("prev.rasp"), """
                        prev = aggregate(select(indices, indices - 1, ==), tokens, "?");
                        #@ example "abc"
                        """).toString();
    }

    @Test
    void theTokenComesFromWhereItStands() {
        CommandRun run = CommandRun.of("patch", program, "--corrupted", "bbc", "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        JsonObject json = run.json();
        assertThat(json.keySet())
                .containsExactly("sop", "clean", "corrupted", "clean_output", "corrupted_output", "position", "tables");
        assertThat(json.get("position").getAsInt()).isEqualTo(1);
        JsonObject before = table(json, 0);
        assertThat(before.get("hook").getAsString()).isEqualTo("resid_pre");
        assertThat(before.getAsJsonArray("columns").toString()).isEqualTo("[\"BOS\",\"a/b\",\"b\",\"c\"]");
        assertThat(row(before, 0)).containsExactly(0, 1, 0, 0);
        assertThat(row(table(json, 1), 0)).as("attn_out").containsExactly(0, 0, 1, 0);
        assertThat(row(table(json, 2), 0)).as("mlp_out").containsExactly(0, 0, 0, 0);
    }

    @Test
    void printsATableForEachHook() {
        CommandRun run = CommandRun.of("patch", program, "--corrupted", "bbc", "--hooks", "v,pattern");
        assertThat(run.out()).isEqualTo("""
                clean      ['a', 'b', 'c'] -> ['?', 'a', 'b']
                corrupted  ['b', 'b', 'c'] -> ['?', 'b', 'b']
                measured at position 1: 1 is the clean answer 'a', 0 the corrupted answer 'b'

                v by layer and head
                  layer     0
                  0      1.00

                pattern by layer and head
                  layer     0
                  0      0.00
                """);
    }

    @Test
    void measuresANumberToo() throws IOException {
        String share = Files.writeString(folder.resolve("share.rasp"), """
                        share = aggregate(select(indices, indices, <=), indicator(tokens == "a"));
                        #@ vocab ["a", "b"]
                        #@ max_length 4
                        """).toString();
        CommandRun run =
                CommandRun.of("patch", share, "--input", "aabb", "--corrupted", "bbbb", "--position", "3", "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(row(table(run.json(), 0), 0))
                .as("each a is half of what the mean lost")
                .containsExactly(0, 0.5, 0.5, 0, 0);
    }

    @Test
    void runsAModelFromAFile() {
        String model = folder.resolve("m.safetensors").toString();
        assertThat(CommandRun.of("compile", program, "--vocab", "abc", "--max-length", "3", "-o", model)
                        .exit())
                .isEqualTo(ExitCode.OK);
        assertThat(CommandRun.of("patch", model, "--corrupted", "bbc").out())
                .isEqualTo(CommandRun.of("patch", program, "--corrupted", "bbc").out());
    }

    @Test
    void refusesWhatCannotBeCompared() {
        check(ExitCode.REJECTED, "E0818", "--corrupted", "abc");
        check(ExitCode.REJECTED, "E0818", "--corrupted", "bbc", "--position", "0");
        check(ExitCode.REJECTED, "E0812", "--corrupted", "bbcc");
        check(ExitCode.REJECTED, "E0803", "--corrupted", "");
        check(ExitCode.USAGE, "E1104");
        check(ExitCode.USAGE, "E1103", "--corrupted", "bbc", "--position", "3");
        check(ExitCode.USAGE, "did you mean 'attn_out'?", "--corrupted", "bbc", "--hooks", "atn_out");
    }

    private void check(int exit, String message, String... more) {
        String[] words = new String[more.length + 2];
        words[0] = "patch";
        words[1] = program;
        System.arraycopy(more, 0, words, 2, more.length);
        CommandRun run = CommandRun.of(words);
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    private static JsonObject table(JsonObject json, int index) {
        return json.getAsJsonArray("tables").get(index).getAsJsonObject();
    }

    /** Rounded to nine digits, so that rounding errors of the runs do not show. */
    private static double[] row(JsonObject table, int row) {
        JsonArray numbers = table.getAsJsonArray("values").get(row).getAsJsonArray();
        double[] out = new double[numbers.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.round(numbers.get(i).getAsDouble() * 1e9) / 1e9 + 0.0;
        }
        return out;
    }
}
