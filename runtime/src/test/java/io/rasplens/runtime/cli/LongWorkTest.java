package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        Path out = folder.resolve("out.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "verify",
                        file.toString(),
                        "--budget",
                        "1000000000"))
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        // Long enough to have begun, on a slow machine too.
        while (process.isAlive()
                && process.info().totalCpuDuration().orElse(Duration.ZERO).toSeconds() < 4) {
            Thread.sleep(100);
        }
        assertThat(process.isAlive()).as("still at work").isTrue();
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(Files.readString(out)).contains("checked      ", "mismatches   0", "interrupted: this is what");
        assertThat(process.exitValue()).as("as the signal has it").isNotZero();
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
                false);
        try (Progress progress = Progress.counting(console, done -> done + " of 9 inputs")) {
            progress.at(7);
            Thread.sleep(2000);
        }
        console.err().flush();
        return err.toString(StandardCharsets.UTF_8);
    }
}
