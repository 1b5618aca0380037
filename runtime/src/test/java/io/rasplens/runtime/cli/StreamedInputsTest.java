package io.rasplens.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.rasplens.runtime.cli.print.Console;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Inputs by the line: answered by all cores, in order, one by one. */
@Timeout(120)
class StreamedInputsTest {
    private static final String HIST = Path.of("..", "examples", "hist.rasp").toString();
    private static final int LINES = 3_000;

    @Test
    void eachAnswerIsThatOfItsLine() {
        var random = new Random(1);
        List<String> lines = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            String line = word(random);
            lines.add(line);
            wanted.add(
                    line.contains("?")
                            ? "?"
                            : line.chars()
                                    .mapToObj(c -> Long.toString(line.chars()
                                            .filter(other -> other == c)
                                            .count()))
                                    .toList()
                                    .toString());
        }
        CommandRun run = CommandRun.withInput(String.join("\n", lines), "run", HIST, "--inputs", "-");
        List<String> answers = run.out().lines().toList();
        assertThat(run.exit()).isEqualTo(1);
        assertThat(answers).hasSize(LINES);
        for (int i = 0; i < LINES; i++) {
            if (wanted.get(i).equals("?")) {
                assertThat(answers.get(i)).startsWith("error");
            } else {
                assertThat(answers.get(i)).as(lines.get(i)).isEqualTo(wanted.get(i));
            }
        }
    }

    /** Letters of the vocabulary, and now and then a mark that is none. */
    private static String word(Random random) {
        var word = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            word.append("abcd".charAt(random.nextInt(4)));
        }
        return random.nextInt(50) == 0 ? word.append('?').substring(1) : word.toString();
    }

    @Test
    void theModelIsToldOfOnce() {
        List<JsonObject> answers = CommandRun.withInput("?\nab\nba\naa\n", "run", HIST, "--inputs", "-", "--json")
                .jsonLines();
        assertThat(answers).hasSize(4);
        assertThat(answers.get(0).has("error")).isTrue();
        assertThat(answers.get(1).getAsJsonObject("model").get("n_layers").getAsInt())
                .isPositive();
        assertThat(answers.subList(2, 4))
                .allSatisfy(answer -> assertThat(answer.keySet())
                        .contains("sop", "input", "output", "match", "timing_ms")
                        .doesNotContain("model"));
    }

    @Test
    void anAnswerComesBeforeTheNextLineIsWritten() throws IOException {
        var toVerb = new PipedOutputStream();
        var stdin = new PipedInputStream(toVerb);
        var fromVerb = new PipedInputStream();
        var stdout = new PipedOutputStream(fromVerb);
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> {
            Console console = Console.of(
                    stdin,
                    Console.answers(stdout),
                    new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8));
            try (stdout) {
                return Rasp.run(console, "run", HIST, "--inputs", "-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        var answers = new BufferedReader(new InputStreamReader(fromVerb, StandardCharsets.UTF_8));
        for (String line : List.of("ab", "aab", "d")) {
            toVerb.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            toVerb.flush();
            assertThat(answers.readLine()).hasSize(3 * line.length());
        }
        toVerb.close();
        assertThat(exit.join()).isZero();
    }
}
