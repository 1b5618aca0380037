package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectVerbTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1"})
    void tellsWhatThePartsAreFor(String level) throws IOException {
        CommandRun run = CommandRun.of("inspect", program(), level, "--json");
        assertThat(run.exit()).isEqualTo(ExitCode.OK);
        JsonObject model = run.json().getAsJsonObject("model");
        JsonArray layers = run.json().getAsJsonArray("layers");
        assertThat(layers).hasSize(model.get("n_layers").getAsInt());
        for (int i = 0; i < layers.size(); i++) {
            JsonObject layer = layers.get(i).getAsJsonObject();
            assertThat(layer.getAsJsonArray("heads"))
                    .hasSize(model.getAsJsonArray("heads_per_layer").get(i).getAsInt());
            int units = 0;
            for (var group : layer.getAsJsonArray("mlp")) {
                units += group.getAsJsonObject().get("count").getAsInt();
            }
            assertThat(units)
                    .isEqualTo(model.getAsJsonArray("mlp_per_layer").get(i).getAsInt());
        }
        assertThat(layers.toString()).contains("reverse", "\"line\":2");
        CommandRun text = CommandRun.of("inspect", program(), level);
        assertThat(text.out()).contains("reverse as a transformer", "non-zeros", "heads per layer", "reverse.rasp:2)");
    }

    @Test
    void tellsWhatIsCertifiedAndWhatWasSaved() throws IOException {
        CommandRun text = CommandRun.of("inspect", program());
        assertThat(text.out()).contains("certified for every input", "distance from any threshold", "-O0", "-O1");
        JsonObject certificate =
                CommandRun.of("inspect", program(), "--json").json().getAsJsonObject("certificate");
        assertThat(certificate.get("attention_leak").getAsDouble()).isBetween(0.0, 1e-9);
        assertThat(certificate.get("threshold_margin").getAsDouble()).isPositive();
    }

    @Test
    void asksBackAboutAMisspelledName() throws IOException {
        CommandRun run = CommandRun.of("inspect", program(), "--sop", "revers");
        assertThat(run.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.err()).contains("revers", "'reverse'");
    }

    private String program() throws IOException {
        Path file = folder.resolve("reverse.rasp");
        Files.writeString(file, """
                flip = select(indices, length - indices - 1, ==);
                reverse = aggregate(flip, tokens);
                #@ example "abc"
                """);
        return file.toString();
    }
}
