package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.rasplens.runtime.cli.print.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectVerbTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
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
    void saysWhyThereIsNothingToCompareWith() throws IOException {
        Path file = folder.resolve("refused.rasp");
        Files.writeString(file, """
                #@ max_length 2000
                seen = selector_width(select(tokens, tokens, ==) and select(indices, indices, <));
                #@ example "abc"
                """);

        CommandRun text = CommandRun.of("inspect", file.toString());
        assertThat(text.out()).contains("nothing to compare with, as one level refuses the program (E0703");
        JsonObject json = CommandRun.of("inspect", file.toString(), "--json").json();
        assertThat(json.get("saved").isJsonNull()).isTrue();
        assertThat(json.getAsJsonObject("refused").get("code").getAsString()).isEqualTo("E0703");
        assertThat(CommandRun.of("inspect", program(), "--json")
                        .json()
                        .get("refused")
                        .isJsonNull())
                .isTrue();
    }

    @Test
    void listsHiddenUnitsOneByOne() throws IOException {
        Path file = folder.resolve("sort.rasp");
        Files.writeString(file, """
                before = select(tokens, tokens, <) or (select(tokens, tokens, ==) and select(indices, indices, <));
                place = selector_width(before);
                sorted = aggregate(select(place, indices, ==), tokens);
                #@ example "abc"
                """);
        CommandRun text = CommandRun.of("inspect", file.toString(), "-O2", "--units");
        assertThat(text.out()).contains(String.format(Locale.ROOT, """
                  4 hidden units  place: step of place   (%1$s:2)
                    unit 0  relu(2 place - 0.5) times (place (one-hot)=1 - place (one-hot)=0)
                    unit 1  relu(2 place - 1.5) times (place (one-hot)=0 - place (one-hot)=1)
                    unit 2  relu(2 place - 2.5) times (place (one-hot)=2 - place (one-hot)=1)
                    unit 3  relu(2 place - 3.5) times (place (one-hot)=1 - place (one-hot)=2)
                layer 1
                  head 0  sorted: reads keys where key's place == query's indices   (%1$s:3)
                """, file));

        JsonObject group = CommandRun.of("inspect", file.toString(), "-O2", "--units", "--json")
                .json()
                .getAsJsonArray("layers")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("mlp")
                .get(0)
                .getAsJsonObject();
        assertThat(group.getAsJsonArray("units")).hasSize(group.get("count").getAsInt());
        assertThat(group.getAsJsonArray("units").get(3))
                .hasToString(
                        "{\"unit\":3,\"input\":[{\"direction\":\"place\",\"weight\":2.0}],\"bias\":-3.5,"
                                + "\"output\":[{\"direction\":\"place (one-hot)=1\",\"weight\":1.0},{\"direction\":\"place (one-hot)=2\",\"weight\":-1.0}]}");
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
