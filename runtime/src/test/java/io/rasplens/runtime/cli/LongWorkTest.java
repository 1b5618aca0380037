package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.Progress;
import io.rasplens.runtime.cli.print.Watched;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Long work shows that it lives, counts what it costs, and ends with what it has found. */
class LongWorkTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    @Timeout(120)
    void anInterruptedComparisonTellsWhatItHasCompared() throws IOException, InterruptedException {
        Path file = Files.writeString(
                folder.resolve("p.rasp"),
                "y = selector_width(select(tokens, tokens, ==));\n#@ vocab [\"a\", \"b\", \"c\"]\n#@ max_length 12\n");
        assertThat(interrupted(4, "verify", file.toString(), "--budget", "1000000000"))
                .contains("checked      ", "mismatches   0", "interrupted: this is what");
    }

    /** Of more inputs than can be made, none is made for nothing: the end is the same whatever the budget. */
    @Test
    @Timeout(120)
    void anInterruptedComparisonEndsAtOnceHoweverManyInputsAreLeft() throws IOException, InterruptedException {
        Path file = Files.writeString(
                folder.resolve("p.rasp"),
                "y = selector_width(select(tokens, tokens, ==));\n#@ vocab [\"a\", \"b\", \"c\"]\n#@ max_length 50\n");
        assertThat(interrupted(6, "verify", file.toString(), "--budget", "100000000"))
                .contains("a sample up to length 50", "mismatches   0", "interrupted: this is what");
    }

    @Test
    @Timeout(120)
    void interruptedAblationsTellWhatTheyHaveTried() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("p.rasp"), """
                y = selector_width(select(tokens, tokens, ==));
                z = aggregate(select(y, y, >=), y);
                #@ vocab ["a", "b", "c"]
                #@ max_length 40
                #@ keep y
                """);
        assertThat(interrupted(8, "ablate", file.toString(), "--budget", "10000"))
                .contains("answers that stay", "interrupted: these parts");
    }

    /** What a verb prints that is asked to end while it works. */
    private String interrupted(int cpuSeconds, String... words) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Process process = process(words)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        // Long enough to have begun, on a slow machine too.
        while (process.isAlive()
                && process.info().totalCpuDuration().orElse(Duration.ZERO).toSeconds() < cpuSeconds) {
            Thread.sleep(100);
        }
        assertThat(process.isAlive()).as("still at work").isTrue();
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("as the signal has it").isNotZero();
        return Files.readString(out);
    }

    private static ProcessBuilder process(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Drasplens.watched=progress",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    /** Somebody who sends answers to a file looks at the error stream. */
    @Test
    @Timeout(120)
    void progressIsSeenWhileAnswersGoToAFile() throws IOException, InterruptedException {
        Path file =
                Files.writeString(folder.resolve("p.rasp"), "y = indices;\n#@ vocab [\"a\", \"b\"]\n#@ max_length 4\n");
        Path err = folder.resolve("err.txt");
        Process process = process("run", file.toString(), "--inputs", "-")
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(err.toFile())
                .start();
        try (OutputStream inputs = process.getOutputStream()) {
            byte[] line = "abba\n".getBytes(StandardCharsets.UTF_8);
            while (process.isAlive() && !Files.readString(err).contains("inputs answered")) {
                inputs.write(line);
                inputs.flush();
                Thread.sleep(20);
            }
        }
        assertThat(process.waitFor()).isZero();
        assertThat(Files.readString(err)).contains("inputs answered").endsWith("\r\u001b[K");
    }

    /** Java hands over what the locale has no letters for as signs of its own. */
    @Test
    @Timeout(60)
    void wordsThatGotLostOnTheirWayAreNotTakenForInputs() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/proc/self/fd")), "other systems do not ask the locale");
        assumeTrue(
                System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8"),
                "the words must not get lost here already");
        ProcessBuilder builder = process("eval", "p.rasp", "--input", "\u00e4\u00f6");
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said).contains("error[E1103]", "got lost", "LC_ALL");
    }

    /** The default of 10,000 inputs would take hours here. */
    @Test
    @Timeout(120)
    void theBudgetCountsTheWorkOfAnInput() throws IOException {
        Path file = Files.writeString(
                folder.resolve("p.rasp"),
                "y = selector_width(select(tokens, tokens, ==));\n#@ vocab [\"a\", \"b\"]\n#@ max_length 1000\n");
        CommandRun run = CommandRun.of("verify", file.toString(), "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("checked").getAsInt()).isBetween(10, 9_999);
    }

    @Test
    void progressIsShownToAPersonAlone() throws InterruptedException {
        assertThat(shown(true)).contains("7 of 9 inputs").endsWith("\r\u001b[K");
        assertThat(shown(false)).isEmpty();
    }

    private static String shown(boolean terminal) throws InterruptedException {
        var err = new ByteArrayOutputStream();
        var console = new Console(
                new ByteArrayInputStream(new byte[0]),
                Console.answers(new ByteArrayOutputStream()),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                ImmutableMap.of(),
                terminal,
                false,
                new Watched(false, terminal));
        try (Progress progress = Progress.counting(console, done -> done + " of 9 inputs")) {
            progress.at(7);
            Thread.sleep(2000);
        }
        console.err().flush();
        return err.toString(StandardCharsets.UTF_8);
    }
}
