package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.runtime.cli.print.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompileVerbTest {
    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "y = aggregate(select(length - indices - 1, indices, ==), tokens); | ['b'; 'a'; 'b']",
                "y = selector_width(select(tokens, tokens, ==));                   | [2; 1; 2]",
                "y = indices + 1;                                                  | [1; 2; 3]",
                "y = tokens;                                                       | ['b'; 'a'; 'b']"
            })
    void whatIsWrittenRuns(String text, String answer) throws IOException {
        String expected = answer.replace(';', ',');
        for (String level : new String[] {"-O0", "-O1", "-O2"}) {
            CommandRun compiled = compile(text, level, "--json");
            assertThat(compiled.exit()).as(compiled.err()).isEqualTo(ExitCode.OK);
            assertThat(compiled.json().get("optimization").getAsInt()).isEqualTo(Integer.parseInt(level.substring(2)));
            assertThat(compiled.json()
                            .getAsJsonObject("model")
                            .get("parameters")
                            .getAsLong())
                    .isPositive();
            CommandRun run = CommandRun.of("run", model(), "--input", "bab");
            assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
            assertThat(run.out()).contains("output       " + expected, "interpreter  agrees");
        }
    }

    @Test
    void showsBothSizes() throws IOException {
        CommandRun run = compile("y = selector_width(select(tokens, tokens, ==));", "-O1");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("-O0", "-O1", "-O2", "layers", "d_model", "non-zeros", "wrote " + model());
    }

    @Test
    void aLevelThatRefusesSaysWhy() throws IOException {
        // Two tokens at 600 positions are more combinations than the direct layout takes.
        String program = program("y = selector_width(select(tokens, \"a\", ==) and select(indices, indices, <));");
        CommandRun run =
                CommandRun.of("compile", program, "--vocab", "ab", "--max-length", "600", "-o", model(), "-O1");
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("-O0 refused: ");
        assertThat(run.out()
                        .lines()
                        .filter(l -> l.startsWith("  layers"))
                        .findFirst()
                        .orElseThrow())
                .matches("  layers +- +\\d+ +\\d+");
    }

    @ParameterizedTest
    @CsvSource({"graph, ; y", "blocks, block 0", "layers, heads per layer"})
    void dumpsIntermediateForms(String form, String part) throws IOException {
        String program = program("y = selector_width(select(tokens, tokens, ==));");
        String[] words = {"compile", program, "--vocab", "ab", "--max-length", "3", "--dump", form};
        CommandRun text = CommandRun.of(words);
        assertThat(text.exit()).as(text.err()).isEqualTo(ExitCode.OK);
        assertThat(text.out()).contains(part);
        CommandRun json = CommandRun.of(
                Stream.concat(Stream.of(words), Stream.of("--json")).toArray(String[]::new));
        assertThat(json.json().get("text").getAsString()).isEqualTo(text.out());
        assertThat(json.json().get("form").getAsString()).isEqualTo(form);
    }

    @Test
    void aMisspelledFormIsAskedBack() throws IOException {
        CommandRun run = CommandRun.of("compile", program("y = tokens;"), "--dump", "block");
        assertThat(run.exit()).isNotEqualTo(ExitCode.OK);
        assertThat(run.err()).contains("E1103", "'blocks'");
    }

    @Test
    void unwritablePlacesLeaveNothingBehind() throws IOException {
        String program = program("y = tokens;");
        for (Path place : new Path[] {folder.resolve("none/m.safetensors"), folder, folder.resolve("m.rasp")}) {
            CommandRun run =
                    CommandRun.of("compile", program, "--vocab", "ab", "--max-length", "3", "-o", place.toString());
            assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.INPUT_OUTPUT);
            assertThat(run.out()).isEmpty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(Path.of(program));
        }
    }

    @Test
    void refusesBadInput() throws IOException {
        CommandRun nowhere = CommandRun.of("compile", program("y = tokens;"));
        assertThat(nowhere.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(nowhere.err()).contains("E1104");
        CommandRun broken = compile("y = ;", "-O1", "--json");
        assertThat(broken.exit()).isEqualTo(ExitCode.REJECTED);
        assertThat(broken.json().getAsJsonObject("error").get("line").getAsInt())
                .isEqualTo(1);
        assertThat(Path.of(model())).doesNotExist();
    }

    private CommandRun compile(String text, String... more) throws IOException {
        Stream<String> fixed = Stream.of("compile", program(text), "--vocab", "ab", "--max-length", "4", "-o", model());
        return CommandRun.of(Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
    }

    private String model() {
        return folder.resolve("model.safetensors").toString();
    }

    private String program(String text) throws IOException {
        return Files.writeString(folder.resolve("program.rasp"), text).toString();
    }
}
