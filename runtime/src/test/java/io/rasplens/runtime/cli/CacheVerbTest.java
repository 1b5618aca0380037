package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheVerbTest {
    private static final String PATTERN = "blocks.0.attn.hook_pattern";

    @TempDir
    Path folder = Path.of("");

    private String program = "";

    @BeforeEach
    void write() throws IOException {
        Path file = folder.resolve("prev.rasp");
        Files.writeString(file, """
                prev = aggregate(select(indices, indices - 1, ==), tokens, "?");
                #@ example "abc"
                """);
        program = file.toString();
    }

    @Test
    void givesValuesNestedAsTheShapeSays() {
        CommandRun run = CommandRun.of("cache", program, "--json", "--names", "*hook_pattern,hook_{embed,pos_embed}");
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.json().keySet()).containsExactly("input", "token_ids", "activations");
        assertThat(run.json().getAsJsonArray("token_ids")).hasSize(4);
        JsonObject all = run.json().getAsJsonObject("activations");
        assertThat(all.keySet()).contains("hook_embed", "hook_pos_embed", PATTERN);
        JsonObject pattern = all.getAsJsonObject(PATTERN);
        JsonArray shape = pattern.getAsJsonArray("shape");
        assertThat(shape.get(2).getAsInt()).isEqualTo(4);
        JsonArray values = pattern.getAsJsonArray("values");
        for (int axis = 0; axis < 3; axis++) {
            assertThat(values).hasSize(shape.get(axis).getAsInt());
            values = values.get(values.size() - 1).getAsJsonArray();
        }
        double sum = 0;
        for (var weight : values) {
            sum += weight.getAsDouble();
        }
        assertThat(values).hasSize(4);
        assertThat(sum).isBetween(1 - 1e-9, 1 + 1e-9);
    }

    @Test
    void listsNamesAndShapesByDefault() {
        CommandRun run = CommandRun.of("cache", program);
        assertThat(run.out()).contains("hook_embed", "blocks.0.hook_resid_post", "[batch 1, pos 4, d_model ");
        assertThat(run.out()).doesNotContain("hook_q_input");
        assertThat(CommandRun.of("cache", program, "--names", PATTERN, "--values")
                        .out())
                .contains("head 0")
                .contains("  3  ");
    }

    @Test
    void writesSafetensors() throws IOException {
        Path file = folder.resolve("acts.safetensors");
        CommandRun run = CommandRun.of("cache", program, "-o", file.toString());
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("activations: " + file);
        try (SafetensorsFile written = SafetensorsFile.open(file).orThrow()) {
            assertThat(written.tensors()).containsKeys("hook_embed", PATTERN, "unembed.hook_out");
        }
    }

    @Test
    void drawsInTheTerminalAndInAFile() throws IOException {
        CommandRun terminal = CommandRun.of("cache", "--plot", program);
        assertThat(terminal.exit()).isEqualTo(ExitCode.OK);
        assertThat(terminal.out()).contains("hook_resid_post", "BOS");
        Path file = folder.resolve("pattern.svg");
        CommandRun run = CommandRun.of("cache", program, "--names", PATTERN, "--plot", file.toString());
        assertThat(run.out()).isEqualTo("drew " + PATTERN + ": " + file + "\n");
        assertThat(Files.readString(file)).contains("<svg", "layer 0, head 0", "queries", "keys", "BOS");
    }

    @Test
    void answersManyInputs() {
        CommandRun run = CommandRun.withInput("ab\nabc\n", "cache", program, "--inputs", "-", "--json");
        assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.contains("\"activations\""));
    }

    @Test
    void namesTheNearestHookPoint() {
        CommandRun run = CommandRun.of("cache", program, "--names", "hook_embed,blocks.0.attn.hook_patern");
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.err()).contains("blocks.0.attn.hook_patern", PATTERN);
    }

    @Test
    void refusesWhatDoesNotGoTogether() throws IOException {
        assertThat(CommandRun.of("cache", program, "--plot", "--json").err()).contains("error[E1106]");
        assertThat(CommandRun.of("cache", program, "--inputs", "-", "-o", "a.safetensors")
                        .err())
                .contains("error[E1106]");
        assertThat(CommandRun.of("cache", program, "-o", program).err()).contains("error[E1103]");
        Path file = folder.resolve("two.svg");
        CommandRun mixed = CommandRun.of("cache", program, "--names", "hook_embed," + PATTERN, "--plot=" + file);
        assertThat(mixed.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(mixed.err()).contains("of one kind");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(Path.of(program));
        }
    }
}
