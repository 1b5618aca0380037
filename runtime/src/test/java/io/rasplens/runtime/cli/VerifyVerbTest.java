package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rasplens.compiler.CompileOptions;
import io.rasplens.compiler.RaspCompiler;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.ProgramSource;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.store.safetensors.Dtype;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyVerbTest {
    private static final String MIRROR = """
            mirror = select(length - indices - 1, indices, ==);
            back = aggregate(mirror, tokens);
            """;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"-O0", "-O1", "-O2"})
    void comparesOnAllInputs(String level) throws IOException {
        CommandRun run =
                CommandRun.of("verify", program(MIRROR), "--vocab", "abc", "--max-length", "4", level, "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        JsonObject json = run.json();
        assertThat(json.keySet())
                .containsExactly(
                        "sop",
                        "checked",
                        "exhaustive",
                        "mismatches",
                        "program_errors",
                        "program_fails_on",
                        "max_error",
                        "min_margin",
                        "certificate");
        assertThat(json.get("sop").getAsString()).isEqualTo("back");
        assertThat(json.get("checked").getAsInt()).isEqualTo(3 + 9 + 27 + 81);
        assertThat(json.get("exhaustive").getAsBoolean()).isTrue();
        assertThat(json.getAsJsonArray("mismatches")).isEmpty();
        JsonObject certificate = json.getAsJsonObject("certificate");
        assertThat(json.get("min_margin").getAsDouble())
                .isPositive()
                .isGreaterThanOrEqualTo(certificate.get("threshold_margin").getAsDouble());
        assertThat(json.get("max_error").getAsDouble())
                .isLessThanOrEqualTo(certificate.get("numeric_error").getAsDouble());
    }

    @Test
    void keepsToTheBudget() throws IOException {
        CommandRun run = CommandRun.of(
                "verify",
                program(MIRROR),
                "--vocab",
                "abc",
                "--max-length",
                "6",
                "--budget",
                "20",
                "--seed",
                "3",
                "--json");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.json().get("exhaustive").getAsBoolean()).isFalse();
        assertThat(run.json().get("checked").getAsInt()).isLessThanOrEqualTo(20);
    }

    /** A model that claims to be another program than it is. */
    @Test
    void aMismatchIsShownAndFails() throws IOException {
        Path file = folder.resolve("model.safetensors");
        CompiledModel model = RaspCompiler.compile(
                        SourceFile.of("m.rasp", MIRROR),
                        CompileOptions.forVocabulary("a", "b").maxLength(3))
                .orThrow();
        ModelStore.save(claiming(model, "back = tokens;"), file, Dtype.F64).orThrow();
        CommandRun json = CommandRun.of("verify", file.toString(), "--json");
        assertThat(json.exit()).as(json.err()).isEqualTo(ExitCode.REJECTED);
        JsonObject smallest = json.json().getAsJsonArray("mismatches").get(0).getAsJsonObject();
        assertThat(smallest.getAsJsonArray("input")).hasSize(2);
        assertThat(smallest.get("expected")).isEqualTo(smallest.get("input"));
        CommandRun text = CommandRun.of("verify", file.toString());
        assertThat(text.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(text.out()).contains("transformer  ['b', 'a']", "interpreter  ['a', 'b']");
    }

    @Test
    void refusesBadInput() throws IOException {
        CommandRun budget = CommandRun.of("verify", program(MIRROR), "--budget", "0");
        assertThat(budget.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(budget.err()).contains("E1103", "--budget must be at least 1");
        assertThat(CommandRun.of("verify", program(MIRROR), "--seed", "x").exit())
                .isEqualTo(ExitCode.USAGE);
        assertThat(CommandRun.of("verify", folder.resolve("none.rasp").toString())
                        .exit())
                .isEqualTo(ExitCode.INPUT_OUTPUT);
        CommandRun broken = CommandRun.of("verify", program("back = ;"), "--json");
        assertThat(broken.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(broken.json().getAsJsonObject("error").get("line").getAsInt())
                .isEqualTo(1);
    }

    private String program(String text) throws IOException {
        return Files.writeString(folder.resolve("program.rasp"), text).toString();
    }

    private static CompiledModel claiming(CompiledModel m, String text) {
        ProgramSource p = m.program().orElseThrow();
        var other = new ProgramSource(
                p.fileName(), text, p.loads(), p.sop(), p.vocabulary(), p.maxLength(), p.causal(), p.level(), p.keep());
        return new CompiledModel(
                m.config(),
                m.weights(),
                m.encoder(),
                m.decoder(),
                m.labels(),
                m.readouts(),
                m.provenance(),
                Optional.of(other),
                m.certificate());
    }

    /** What a file says of its own weights is worth nothing until it is worked out again. */
    @Test
    void aFilesCertificateIsWorkedOutAnew(@TempDir Path folder) throws IOException {
        Path program = folder.resolve("p.rasp");
        Files.writeString(program, """
                previous = aggregate(select(indices, indices - 1, ==), tokens, "a");
                #@ vocab ["a", "b"]
                #@ max_length 3
                """);
        Path model = folder.resolve("m.safetensors");
        CommandRun compiled = CommandRun.of("compile", program.toString(), "-o", model.toString(), "--json");
        CommandRun honest = CommandRun.of("verify", model.toString(), "--json");
        assertThat(honest.json().get("certificate")).isEqualTo(compiled.json().get("certificate"));
        assertThat(CommandRun.of("verify", model.toString()).out()).contains("certificate  holds");
        assertThat(CommandRun.of("inspect", model.toString()).out())
                .contains("as the file says")
                .doesNotContain("certified");

        // The true weights with a promise that they do not keep.
        String text = Files.readString(model, StandardCharsets.ISO_8859_1);
        String tolerance =
                compiled.json().getAsJsonObject("certificate").get("tolerance").getAsString();
        String boast = "9".repeat(tolerance.length());
        Path boaster = folder.resolve("boaster.safetensors");
        Files.writeString(boaster, text.replace(tolerance, boast), StandardCharsets.ISO_8859_1);
        CommandRun boasted = CommandRun.of("verify", boaster.toString());
        assertThat(boasted.out())
                .contains("certificate  not as the file says")
                .contains("edits that change no answer     up to "
                        + String.format(Locale.ROOT, "%.2g", Double.parseDouble(tolerance)));
        JsonObject told = CommandRun.of("verify", boaster.toString(), "--json").json();
        assertThat(told.get("certificate")).isEqualTo(honest.json().get("certificate"));
        assertThat(told.get("certificate_as_in_file").getAsBoolean()).isFalse();
        assertThat(honest.json().get("certificate_as_in_file").getAsBoolean()).isTrue();

        // Another weight, which no input shows: the last bytes of the file are the unembedding's bias.
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 2] = 1;
        Files.write(model, bytes);
        CommandRun edited = CommandRun.of("verify", model.toString(), "--json");
        assertThat(edited.json().get("mismatches").getAsJsonArray()).isEmpty();
        assertThat(edited.json().get("certificate").isJsonNull()).isTrue();
        assertThat(CommandRun.of("verify", model.toString()).out()).contains("certificate  none");
    }
}
