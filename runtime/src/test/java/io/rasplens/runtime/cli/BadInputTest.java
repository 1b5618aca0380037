package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.rasplens.grammar.diagnostic.DiagnosticCode;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.runtime.answer.Json;
import io.rasplens.runtime.cli.print.ExitCode;
import io.rasplens.runtime.cli.subject.SourceReader;
import io.rasplens.runtime.cli.verb.EveryCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that can be wrong with what a user gives: a message, the right exit code, and nothing that looks like a crash. */
class BadInputTest {
    /** Files that are missing, unreadable, or not what they should be. */
    private static final Pattern ABOUT_FILES = Pattern.compile("E111|E09");

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("reverse.rasp"), """
                reverse = aggregate(select(indices, length - indices - 1, ==), tokens);
                #@ vocab ["a", "b", "c"]
                #@ max_length 4
                #@ example "abc"
                """);
        Files.writeString(folder.resolve("plain.rasp"), "y = tokens;");
        Files.writeString(folder.resolve("empty.rasp"), "");
        Files.writeString(folder.resolve("comment.rasp"), "# nothing here\n");
        Files.write(folder.resolve("binary.rasp"), new byte[] {0x7f, 'E', 'L', 'F', 0, 1, 2, (byte) 0xff, (byte) 0xfe});
        Files.writeString(folder.resolve("zero.rasp"), "y = tokens;\0");
        Files.writeString(folder.resolve("tiny.safetensors"), "abc");
        Files.write(folder.resolve("noise.safetensors"), new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9});
        // An empty header and no data: a file with nothing in it, but of the right kind.
        Files.write(folder.resolve("foreign.safetensors"), new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
        Files.createDirectory(folder.resolve("folder.rasp"));
        Files.createDirectory(folder.resolve("folder.safetensors"));
    }

    /** The line after the verb names files in the test's folder; {@code %} stands for the folder elsewhere. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run reverse.rasp --input abz           | 1 | E0801 | vocabulary is 'a', 'b', 'c'",
                "run reverse.rasp --input [1]           | 1 | E0801 | the token 1",
                "run reverse.rasp --input abcab         | 1 | E0802 | at most 4",
                "run reverse.rasp --input []            | 1 | E0803 | at least one token",
                "run reverse.rasp --input=              | 1 | E0803 | at least one token",
                "eval reverse.rasp --input=             | 1 | E0803 | at least one token",
                "cache reverse.rasp --input=            | 1 | E0803 | at least one token",
                "run reverse.rasp --input [\"a\"        | 2 | E1103 | never closed",
                "run plain.rasp                         | 2 | E1107 | --input",
                "run empty.rasp --input a               | 1 | E0611 | assigns no s-op",
                "eval empty.rasp --input a              | 1 | E0611 | assigns no s-op",
                "run comment.rasp --input a             | 1 | E0611 | assigns no s-op",
                "run missing.rasp                       | 3 | E1111 | no file",
                "run revers.rasp                        | 3 | E1111 | reverse.rasp'?",
                "inspect missing.safetensors            | 3 | E1111 | no file",
                "verify missing.rasp                    | 3 | E1111 | no file",
                "draw missing.rasp                      | 3 | E1111 | no file",
                "fmt missing.rasp                       | 3 | E1111 | no file",
                "eval missing.rasp                      | 3 | E1111 | no file",
                "cache missing.rasp                     | 3 | E1111 | no file",
                "patch missing.rasp --corrupted a       | 3 | E1111 | no file",
                "compile missing.rasp -o %/m.safetensors | 3 | E1111 | no file",
                "cache tiny.safetensors                 | 1 | E09   | tiny.safetensors",
                "run foreign.safetensors --config missing.json | 3 | E0901 | missing.json",
                "run folder.rasp                        | 3 | E1112 | is a directory",
                "compile folder.rasp -o %/m.safetensors | 3 | E1112 | is a directory",
                "run folder.safetensors                 | 3 | E1112 | is a directory",
                "run binary.rasp --input a              | 1 | E1115 | not UTF-8 text",
                "eval zero.rasp --input a               | 1 | E1115 | not UTF-8 text",
                "run tiny.safetensors                   | 1 | E09   | tiny.safetensors",
                "run noise.safetensors                  | 1 | E09   | noise.safetensors",
                "run reverse.rasp --sop revers          | 1 | E0612 | did you mean 'reverse'?",
                "eval reverse.rasp --sop nothing        | 1 | E0612 | no s-op 'nothing'",
                "run reverse.rasp -O3                   | 2 | E1103 | -O1 or -O2",
                "run reverse.rasp -O=x                  | 2 | E1103 | -O",
                "run reverse.rasp --max-length x        | 2 | E1103 | --max-length",
                "run reverse.rasp --max-length 0        | 2 | E1103 | from 1 to",
                "run reverse.rasp --vocab=              | 2 | E1103 | --vocab is empty",
                "run reverse.rasp --vocab [\"a\",\"b\",\"a\"] | 2 | E1103 | lists the token 'a' twice",
                "run reverse.rasp --vocab aba           | 2 | E1103 | lists the token 'a' twice",
                "run reverse.rasp --max-length 3 --max-length 4 | 2 | E1106 | give it once",
                "verify reverse.rasp --budget 0         | 2 | E1103 | at least 1",
                "verify reverse.rasp --seed x           | 2 | E1103 | --seed",
                "run reverse.rasp --jsn                 | 2 | E1102 | did you mean '--json'?",
                "run reverse.rasp --imput ab            | 2 | E1102 | did you mean '--input'",
                "run reverse.rasp other.rasp            | 2 | E1105 | surplus argument",
                "rnu reverse.rasp                       | 2 | E1101 | did you mean 'run'?",
                "inspct reverse.rasp                    | 2 | E1101 | did you mean 'inspect'?",
                "frobnicate reverse.rasp                | 2 | E1101 | the verbs are run, eval, compile",
                "run                                    | 2 | E1104 | --help",
                "compile reverse.rasp                   | 2 | E1104 | --output",
                "run reverse.rasp --inputs missing.txt  | 3 | E1111 | no file",
                "run reverse.rasp --inputs %            | 3 | E1112 | is a directory",
                "run reverse.rasp --input a --inputs -  | 2 | E1106 | exclude each other",
                "run reverse.rasp --config c.json       | 2 | E1106 | belong to a model",
                "cache reverse.rasp --names hook_embd   | 1 | E0811 | hook_embed",
                "cache reverse.rasp --names hook_{a     | 1 | E0811 | hook_{a",
                "cache reverse.rasp -o acts.txt         | 2 | E1103 | .safetensors",
                "explain E9                             | 2 | E1108 | E9"
            })
    void isRefusedInWords(String command, int exit, String code, String words) throws IOException {
        List<String> before = files();
        String[] arguments = arguments(command);
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exit()).as(run.err()).isEqualTo(exit);
        assertThat(run.err()).contains("error[" + code, words).doesNotContain("Exception", "\tat ");
        assertThat(run.out()).isEmpty();

        CommandRun json = CommandRun.of(
                Stream.concat(Arrays.stream(arguments), Stream.of("--json")).toArray(String[]::new));
        assertThat(json.exit()).isEqualTo(exit);
        JsonObject error = json.json().getAsJsonObject("error");
        assertThat(error.keySet()).containsExactly("code", "message", "file", "line", "column");
        assertThat(error.get("code").getAsString()).startsWith(code);
        if (ABOUT_FILES.matcher(code).lookingAt()) {
            assertThat(error.get("file").getAsString()).isIn((Object[]) arguments);
            assertThat(error.get("message").getAsString())
                    .contains(error.get("file").getAsString());
            assertThat(error.get("line").isJsonNull()).isTrue();
        }
        assertThat(files()).as("no file left behind").isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compile reverse.rasp -o %/none/m.safetensors",
                "compile reverse.rasp -o %/folder.safetensors",
                "cache reverse.rasp -o %/none/a.safetensors",
                "cache reverse.rasp -o %/folder.safetensors",
                "cache reverse.rasp --plot=%/none/a.svg",
                "draw reverse.rasp -o %/none/a.svg",
                "draw reverse.rasp -o %/none/a.dot"
            })
    void anUnwritablePlaceIsNamedAndNothingIsLeft(String command) throws IOException {
        List<String> before = files();
        CommandRun run = CommandRun.of(arguments(command));
        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(run.err()).contains("error[E0903]").doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void theJsonOfAnUnwritablePlaceNamesIt() {
        CommandRun run = CommandRun.of(arguments("compile reverse.rasp -o %/none/m.safetensors --json"));
        assertThat(run.json().getAsJsonObject("error").get("file").getAsString())
                .isEqualTo(folder.resolve("none/m.safetensors").toString());
    }

    @Test
    void theJsonOfAFileBesideAModelNamesThatFile() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{");
        assertThat(CommandRun.of(arguments("run foreign.safetensors --json"))
                        .json()
                        .getAsJsonObject("error")
                        .get("file")
                        .getAsString())
                .isEqualTo(folder.resolve("config.json").toString());
    }

    @Test
    void testReportsTheFileInEachError() {
        JsonObject report = CommandRun.of(arguments("test missing.rasp binary.rasp plain.rasp --json"))
                .json();
        for (JsonElement file : report.getAsJsonArray("files")) {
            JsonObject tested = file.getAsJsonObject();
            assertThat(tested.getAsJsonObject("error").get("file")).isEqualTo(tested.get("file"));
        }
    }

    @Test
    void theJsonOfAFileThatTheSystemRefusesNamesIt() {
        Path secret = Path.of("secret.rasp");
        DiagnosticException refused = SourceReader.unreadable(secret, new AccessDeniedException("secret.rasp"));
        JsonObject error = Json.error(refused.diagnostics()).getAsJsonObject("error");
        assertThat(error.get("file").getAsString()).isEqualTo("secret.rasp");
        assertThat(error.get("message").getAsString()).contains("permission denied");
    }

    @Test
    void whatStoodThereStaysIfWritingFails() throws IOException {
        Path model = folder.resolve("m.safetensors");
        assertThat(CommandRun.of(arguments("compile reverse.rasp -o %/m.safetensors"))
                        .exit())
                .isEqualTo(ExitCode.OK);
        byte[] old = Files.readAllBytes(model);
        Files.delete(folder.resolve("codec.json"));
        Files.createDirectory(folder.resolve("codec.json"));

        CommandRun run = CommandRun.of(arguments("compile reverse.rasp --max-length 3 -o %/m.safetensors"));

        assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.REJECTED);
        assertThat(run.err()).contains("codec.json", "nothing was changed");
        assertThat(Files.readAllBytes(model)).isEqualTo(old);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @Test
    void everyCodeHasItsExitCode() {
        for (DiagnosticCode code : EveryCode.ALL) {
            assertThat(ExitCode.of(List.of(io.rasplens.grammar.diagnostic.Diagnostic.error(code, "x"))))
                    .as(code.id())
                    .isIn(ExitCode.REJECTED, ExitCode.USAGE, ExitCode.INPUT_OUTPUT, ExitCode.INTERNAL);
        }
    }

    @Test
    void withoutAVerbItTellsHowToStart() {
        assertThat(CommandRun.of().exit()).isEqualTo(ExitCode.USAGE);
        assertThat(CommandRun.of().err()).contains("rasp run examples/reverse.rasp");
        CommandRun help = CommandRun.of("--help");
        assertThat(help.exit()).isEqualTo(ExitCode.OK);
        for (Verb verb : Verb.values()) {
            assertThat(help.out()).contains("  " + verb.word() + " ", verb.summary());
            CommandRun own = CommandRun.of("help", verb.word());
            assertThat(own.out()).contains("Usage: rasp " + verb.word(), "Examples:");
            assertThat(CommandRun.of(verb.word(), "--help").out()).isEqualTo(own.out());
        }
    }

    /** Words that name something in the folder become its path. */
    private String[] arguments(String command) {
        List<String> words = new ArrayList<>();
        for (String word : Splitter.on(' ').split(command.strip())) {
            boolean file = word.endsWith(".rasp")
                    || word.endsWith(".safetensors")
                    || word.endsWith(".txt")
                    || word.endsWith(".json");
            boolean bare = file && !word.startsWith("%");
            words.add(bare ? folder.resolve(word).toString() : word.replace("%", folder.toString()));
        }
        return words.toArray(String[]::new);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }
}
