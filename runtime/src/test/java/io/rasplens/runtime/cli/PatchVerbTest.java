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
    void everyAxisHasItsTable() {
        CommandRun run = CommandRun.of(
                "patch", program, "--corrupted", "bbc", "--hooks", "z:pos,pattern:key,result,token,every", "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        JsonArray tables = run.json().getAsJsonArray("tables");
        assertThat(table(run.json(), 0).get("row_axis").getAsString()).isEqualTo("head");
        assertThat(table(run.json(), 0).get("rows").toString()).isEqualTo("[\"0.0\"]");
        assertThat(row(table(run.json(), 0), 0)).containsExactly(0, 0, 1, 0);
        assertThat(table(run.json(), 1).get("hook").getAsString()).isEqualTo("pattern of head 0.0");
        assertThat(table(run.json(), 1).get("columns").toString()).isEqualTo("[\"BOS\",\"a/b\",\"b\",\"c\"]");
        assertThat(table(run.json(), 3).get("columns").toString()).isEqualTo("[\"'a'\",\"'b'\",\"'c'\"]");
        assertThat(row(table(run.json(), 3), 1)).as("the token itself").startsWith(1, 0);
        assertThat(tables).hasSize(4 + 10);
    }

    @Test
    void printsCommaSeparatedValuesAndDrawsHeatMaps() {
        CommandRun csv = CommandRun.of("patch", program, "--corrupted", "bbc", "--hooks", "v", "--csv");
        assertThat(csv.out()).isEqualTo("layer/head,0\n0,1.0\n");
        String picture = folder.resolve("p.svg").toString();
        CommandRun drawn = CommandRun.of(
                "patch", program, "--corrupted", "bbc", "--hooks", "resid_pre,attn_out", "--plot", picture);
        assertThat(drawn.out()).isEqualTo("drew 2 tables: " + picture + "\n");
        assertThat(Path.of(picture)).content().startsWith("<svg").contains("attn_out");
        assertThat(CommandRun.of("patch", program, "--corrupted", "bbc", "--hooks", "resid_pre", "--plot")
                        .out())
                .contains("resid_pre");
        assertThat(CommandRun.of("patch", program, "--corrupted", "bbc", "--hooks", "v,resid_pre", "--plot", picture)
                        .err())
                .contains("one picture cannot show v and resid_pre");
        assertThat(CommandRun.of("patch", program, "--corrupted", "bbc", "--csv", "--json")
                        .exit())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void setsSopsAndPredictsTheAnswer() throws IOException {
        String reverse = reverse();
        CommandRun run =
                CommandRun.of("patch", reverse, "-O0", "--set", "opposite[2]=1", "--set", "opposite[0]=0", "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.json().toString())
                .isEqualTo("{\"set\":[{\"sop\":\"opposite\",\"position\":2,\"value\":1},"
                        + "{\"sop\":\"opposite\",\"position\":0,\"value\":0}],\"input\":[1,2,3],"
                        + "\"unpatched\":[3,2,1],\"output\":[1,2,2],\"expected\":[1,2,2],\"match\":true}");
        assertThat(CommandRun.of("patch", reverse, "-O0", "--set", "opposite[2]=1")
                        .out())
                .isEqualTo("""
                        input      [1, 2, 3]
                        set        opposite[2] = 1
                        unpatched  [3, 2, 1]
                        output     [3, 2, 2]
                        expected   [3, 2, 2]   the program with the same values agrees
                        """);
    }

    @Test
    void whatCannotBeSetSaysWhy() throws IOException {
        String reverse = reverse();
        refused(reverse, ExitCode.REJECTED, "E0825", "opposite[2]=9");
        refused(reverse, ExitCode.REJECTED, "E0812", "opposite[3]=1");
        refused(reverse, ExitCode.REJECTED, "E0812", "opposite[-1]=1");
        refused(reverse, ExitCode.REJECTED, "E0815", "oposite[1]=1");
        refused(reverse, ExitCode.REJECTED, "E0826", "length[0]=5");
        refused(reverse, ExitCode.USAGE, "name[position]=value", "opposite=1");
        refused(reverse, ExitCode.USAGE, "one value", "opposite[1]=1, 2");
        refused(reverse, ExitCode.USAGE, "E1103", "opposite[1]=(");
        CommandRun folded = CommandRun.of("patch", reverse, "--set", "opposite[2]=1");
        if (folded.exit() != ExitCode.OK) {
            assertThat(folded.err()).contains("E08", "--keep opposite");
        }
        assertThat(CommandRun.of("patch", reverse, "--set", "opposite[2]=1", "--corrupted", "ab")
                        .exit())
                .isEqualTo(ExitCode.USAGE);
    }

    private static void refused(String file, int exit, String message, String setting) {
        CommandRun run = CommandRun.of("patch", file, "-O0", "--set", setting);
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    private String reverse() throws IOException {
        return Files.writeString(folder.resolve("reverse.rasp"), """
                        opposite = length - indices - 1;
                        reverse = aggregate(select(indices, opposite, ==), tokens_asis);
                        #@ vocab [1, 2, 3]
                        #@ max_length 5
                        #@ example [1, 2, 3]
                        """).toString();
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
