package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer that can't be written ends the verb, in a process and in each verb alone. */
class FailedOutputTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("reverse.rasp"), """
                reverse = aggregate(select(indices, length - indices - 1, ==), tokens);
                #@ vocab ["a", "b", "c"]
                #@ max_length 4
                #@ example "abc"
                #@ test "ab" == ["b", "a"]
                """);
    }

    /** Every verb but those that print nothing. */
    static Stream<String> commands() {
        return Stream.of(
                "--help",
                "--version",
                "help",
                "run --help",
                "run %/reverse.rasp",
                "run %/reverse.rasp --json",
                "run %/reverse.rasp --inputs -",
                "run %/reverse.rasp --inputs - --json",
                "run %/missing.rasp --json",
                "eval %/reverse.rasp",
                "compile %/reverse.rasp -o %/model.safetensors",
                "compile %/reverse.rasp --dump graph",
                "inspect %/reverse.rasp",
                "cache %/reverse.rasp",
                "patch %/reverse.rasp --corrupted abb",
                "verify %/reverse.rasp",
                "test %/reverse.rasp",
                "draw %/reverse.rasp -o %/reverse.svg",
                "fmt %/reverse.rasp",
                "repl",
                "explain E0203");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFullDiskIsAnErrorOfEveryVerb(String command) {
        var err = new ByteArrayOutputStream();
        int exit = run(command, new Broken("No space left on device"), err);

        assertThat(exit).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("error[E1114]: the answer can't be written to the standard output: No space left on device");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aClosedPipeEndsEveryVerbInSilence(String command) {
        var err = new ByteArrayOutputStream();
        int exit = run(command, new Broken("Broken pipe"), err);

        assertThat(exit).isEqualTo(ExitCode.CLOSED_PIPE);
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("E1114", "internal");
    }

    private int run(String command, OutputStream out, OutputStream err) {
        Console console = Console.of(
                new ByteArrayInputStream("tokens;\nab\n".getBytes(StandardCharsets.UTF_8)),
                Console.answers(out),
                new PrintStream(err, false, StandardCharsets.UTF_8));
        int exit = Rasp.run(console, command.replace("%", folder.toString()).split(" "));
        console.err().flush();
        return exit;
    }

    @Test
    @Timeout(120)
    void noReaderNoWork() throws IOException, InterruptedException {
        Process process = start(ProcessBuilder.Redirect.PIPE, "run", folder + "/reverse.rasp", "--inputs", "/dev/fd/0");
        // Without end: only the reader's going can stop it.
        Thread writer = new Thread(() -> feed(process));
        writer.setDaemon(true);
        writer.start();
        try (InputStream answers = process.getInputStream()) {
            assertThat((char) answers.read()).isEqualTo('[');
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.CLOSED_PIPE);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
    }

    @Test
    @Timeout(120)
    void aFullDeviceIsAnError() throws IOException, InterruptedException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Process process = start(ProcessBuilder.Redirect.appendTo(full.toFile()), "--version");
        assertThat(process.waitFor()).isEqualTo(ExitCode.INPUT_OUTPUT);
        assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("error[E1114]: the answer can't be written to the standard output");
    }

    private static void feed(Process process) {
        try (OutputStream inputs = process.getOutputStream()) {
            byte[] line = "abc\n".getBytes(StandardCharsets.UTF_8);
            while (process.isAlive()) {
                inputs.write(line);
            }
        } catch (IOException e) {
            // It ended, as it should.
        }
    }

    private static Process start(ProcessBuilder.Redirect out, String... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()),
                        Stream.of(arguments))
                .toList();
        return new ProcessBuilder(command).redirectOutput(out).start();
    }

    /** Fails to write. */
    private static final class Broken extends OutputStream {
        private final String reason;

        Broken(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(reason);
        }
    }
}
