package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.rasplens.runtime.cli.print.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ablate}, {@code interchange}, {@code circuit} and {@code cache --sop-values} on a program of two attention steps. */
class LaboratoryVerbsTest {
    @TempDir
    Path folder = Path.of("");

    private String program = "";

    @BeforeEach
    void write() throws IOException {
        program = Files.writeString(folder.resolve("first.rasp"), """
                        hist = selector_width(select(tokens, tokens, ==));
                        less = 2 * hist - 1;
                        first = aggregate(select(indices, 0, ==), less);
                        #@ vocab ["a", "b"]
                        #@ max_length 4
                        #@ example "aab"
                        #@ keep hist
                        """).toString();
    }

    private String model() {
        String model = folder.resolve("m.safetensors").toString();
        assertThat(CommandRun.of("compile", program, "-o", model).exit()).isEqualTo(ExitCode.OK);
        return model;
    }

    @Test
    void showsEverySopWithTheInterpretersValues() {
        CommandRun run = CommandRun.of("cache", program, "--sop-values", "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        JsonObject json = run.json();
        assertThat(json.keySet()).containsExactly("sops", "folded");
        JsonObject hist = named(json.getAsJsonArray("sops"), "name", "hist");
        assertThat(hist.keySet()).containsExactly("name", "line", "hook", "values", "expected", "match");
        assertThat(hist.get("line").getAsInt()).isEqualTo(1);
        assertThat(hist.get("values").toString()).isEqualTo("[2,2,1]");
        assertThat(hist.get("expected").toString()).isEqualTo("[2,2,1]");
        assertThat(named(json.getAsJsonArray("sops"), "name", "less")
                        .get("values")
                        .toString())
                .isEqualTo("[3,3,1]");
        assertThat(named(json.getAsJsonArray("sops"), "name", "first")
                        .get("hook")
                        .getAsString())
                .startsWith("blocks.");
        assertThat(CommandRun.of("cache", model(), "--sop-values", "--json").out())
                .as("from a file")
                .isEqualTo(run.out());
        assertThat(CommandRun.of("cache", program, "--sop-values", "--input", "ba")
                        .out())
                .contains("input  ['b', 'a']", "hist", "[1, 1]");
        assertThat(CommandRun.of("cache", program, "--sop-values", "--plot").exit())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void countsTheAnswersThatStay() {
        CommandRun run = CommandRun.of("ablate", program, "--json", "--budget", "30");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        JsonArray components = run.json().getAsJsonArray("components");
        assertThat(run.json().keySet()).containsExactly("components");
        JsonObject head = named(components, "id", "blocks.0.attn.head.0");
        assertThat(head.keySet()).containsExactly("id", "kind", "agreement");
        assertThat(head.get("kind").getAsString()).isEqualTo("head");
        assertThat(head.get("agreement").getAsDouble()).isLessThan(1);
        assertThat(named(components, "id", "hist").get("kind").getAsString()).isEqualTo("sop");
        for (String method : new String[] {"zero", "mean", "resample"}) {
            assertThat(CommandRun.of("ablate", program, "--method", method).out())
                    .startsWith(method + " ablation on 30 inputs\n");
        }
        CommandRun wrong = CommandRun.of("ablate", program, "--method", "zeros");
        assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("did you mean 'zero'?");
        assertThat(CommandRun.of("ablate", program, "--budget", "0").exit()).isEqualTo(ExitCode.USAGE);
        for (String verb : List.of("ablate", "interchange")) {
            CommandRun many = CommandRun.of(verb, program, "--budget", "100000000");
            assertThat(many.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(many.err()).contains("--budget must be at most 100000", "held in memory", "rasp verify");
        }
    }

    @Test
    void measuresInterchange() {
        CommandRun run = CommandRun.of("interchange", program, "--json", "--budget", "60");
        assertThat(run.exit()).as(run.out()).isEqualTo(ExitCode.OK);
        JsonObject json = run.json();
        assertThat(json.keySet()).containsExactly("accuracy", "sops");
        assertThat(json.get("accuracy").getAsDouble()).isEqualTo(1);
        JsonObject hist = named(json.getAsJsonArray("sops"), "name", "hist");
        assertThat(hist.keySet()).containsExactly("name", "line", "accuracy", "tried", "counterexample");
        assertThat(hist.get("tried").getAsInt()).isGreaterThan(10);
        assertThat(CommandRun.of("interchange", model()).out()).contains("hist", "100.00 %");
    }

    @Test
    void whereSomethingReadsAroundAnSopTheWayOutIsNamedAndWorks() {
        String source = "../examples/next_identical.rasp";

        CommandRun around = CommandRun.of("interchange", source);
        assertThat(around.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(around.out()).contains("reads around", "--keep number");

        CommandRun kept = CommandRun.of("interchange", source, "--keep", "number");
        assertThat(kept.exit()).as(kept.out()).isEqualTo(ExitCode.OK);
        assertThat(kept.out()).contains("100.00 %").doesNotContain("reads around");
    }

    @Test
    void showsAndDrawsTheCircuit() {
        CommandRun run = CommandRun.of("circuit", program, "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        JsonObject json = run.json();
        assertThat(json.keySet()).containsExactly("nodes", "edges");
        JsonObject head = named(json.getAsJsonArray("nodes"), "id", "blocks.0.attn.head.0");
        assertThat(head.keySet()).containsExactly("id", "kind", "layer", "head", "label", "sops");
        JsonObject edge = json.getAsJsonArray("edges").get(0).getAsJsonObject();
        assertThat(edge.keySet()).containsExactly("from", "to", "via", "sops", "directions");
        assertThat(CommandRun.of("circuit", program).out()).contains("blocks.0.attn.head.0", "  q  embed");
        String dot = folder.resolve("c.dot").toString();
        String svg = folder.resolve("c.svg").toString();
        assertThat(CommandRun.of("circuit", program, "-o", dot).exit()).isEqualTo(ExitCode.OK);
        assertThat(CommandRun.of("circuit", model(), "-o", svg).exit()).isEqualTo(ExitCode.OK);
        assertThat(Path.of(dot))
                .content()
                .startsWith("digraph circuit {")
                .contains("\"embed\" -> ")
                .endsWith("}\n");
        assertThat(Path.of(svg))
                .content()
                .startsWith("<svg")
                .contains("head 0.0")
                .endsWith("</svg>\n");
        CommandRun wrong =
                CommandRun.of("circuit", program, "-o", folder.resolve("c.png").toString());
        assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(folder.resolve("c.png")).doesNotExist();
    }

    private static JsonObject named(JsonArray all, String key, String name) {
        for (JsonElement element : all) {
            if (element.getAsJsonObject().get(key).getAsString().equals(name)) {
                return element.getAsJsonObject();
            }
        }
        throw new AssertionError(name + " is not in " + all);
    }
}
