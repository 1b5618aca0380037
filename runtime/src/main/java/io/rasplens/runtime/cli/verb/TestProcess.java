package io.rasplens.runtime.cli.verb;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.rasplens.compiler.model.Level;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticException;
import io.rasplens.runtime.answer.TestedFile;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import io.rasplens.runtime.cli.print.Report;
import io.rasplens.runtime.cli.subject.SourceReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tests files in another Java process, which has a bound for its memory and, for each file, for its time. A process that goes over
 * either is ended, and the next file gets a new one.
 */
final class TestProcess implements AutoCloseable {
    private static final String END = "";
    private static final long ENDS_WITHIN_SECONDS = 2;

    private final Console console;
    private final Level level;
    private final ImmutableList<String> command;
    private final int seconds;
    private final int megabytes;
    private @Nullable Running running;

    /**
     * Starts nothing yet.
     *
     * @param flags of {@code rasp test}, those of the compiler and of the reference
     * @param seconds for each file
     * @param megabytes of heap
     */
    TestProcess(Console console, Level level, List<String> flags, int seconds, int megabytes) {
        this.console = console;
        this.level = level;
        this.seconds = seconds;
        this.megabytes = megabytes;
        this.command = ImmutableList.<String>builder()
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .add("-Xmx" + megabytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .add("-cp", System.getProperty("java.class.path"), "io.rasplens.runtime.cli.Main")
                .add("test", "--files", "-", "--json")
                .addAll(flags)
                .build();
    }

    /** A process, and the lines that it has answered; {@link #END} comes last. */
    private record Running(Process process, BlockingQueue<String> answers) {}

    /** As {@link TestedFile#json} has it, with {@code time_ms} beside it. */
    JsonObject test(String file) {
        long start = System.nanoTime();
        JsonObject answer = attempt(file);
        answer.addProperty("time_ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        return answer;
    }

    private JsonObject attempt(String file) {
        try {
            if (file.indexOf('\n') >= 0 || file.indexOf('\r') >= 0) {
                return failed(file, Diagnostic.error(CliCode.BAD_VALUE, "the name of a file has a line break in it"));
            }
            SourceReader.checkReadable(SourceReader.path(file));
            return ask(file);
        } catch (DiagnosticException e) {
            Report.print(console, e.diagnostics());
            return TestedFile.failed(file, level, e.diagnostics()).json();
        }
    }

    private JsonObject ask(String file) {
        Running asked = running();
        try {
            OutputStream in = asked.process.getOutputStream();
            in.write((file + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            // It has ended; so its answers have, and that is told below.
        }
        Optional<String> answer = answer(asked);
        if (answer.isEmpty()) {
            asked.process.destroyForcibly();
            close();
            return failed(
                    file,
                    Diagnostic.error(CliCode.TIMED_OUT, "the tests of " + file + " took longer than " + seconds + " s")
                            .about(file)
                            .help("give a longer --time-limit, or look for a loop or a size that runs away"));
        }
        if (answer.get().equals(END)) {
            close();
            return failed(
                    file,
                    Diagnostic.error(
                                    CliCode.OUT_OF_MEMORY,
                                    "the process that ran the tests of " + file + " ended; it had " + megabytes
                                            + " MB of memory")
                            .about(file)
                            .help("give it more: --memory " + 2 * megabytes));
        }
        return JsonParser.parseString(answer.get()).getAsJsonObject();
    }

    /** Empty when the time is over. */
    private Optional<String> answer(Running asked) {
        try {
            return Optional.ofNullable(asked.answers.poll(seconds, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Running running() {
        if (running == null) {
            running = start();
        }
        return running;
    }

    private Running start() {
        try {
            Process process = new ProcessBuilder(command).start();
            BlockingQueue<String> answers = new LinkedBlockingQueue<>();
            daemon("rasp test answers", () -> read(process, answers));
            daemon("rasp test diagnostics", () -> relay(process));
            return new Running(process, answers);
        } catch (IOException e) {
            throw new UncheckedIOException("Java can't be started again", e);
        }
    }

    private static void read(Process process, BlockingQueue<String> answers) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            // The process was ended.
        }
        answers.add(END);
    }

    private void relay(Process process) {
        try (var text = process.getErrorStream()) {
            text.transferTo(console.err());
            console.err().flush();
        } catch (IOException e) {
            // The process was ended.
        }
    }

    private static void daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private JsonObject failed(String file, Diagnostic diagnostic) {
        Report.print(console, ImmutableList.of(diagnostic));
        return TestedFile.failed(file, level, ImmutableList.of(diagnostic)).json();
    }

    /** Ends the process; a file tested after that starts another. */
    @Override
    public void close() {
        if (running == null) {
            return;
        }
        Process process = running.process;
        running = null;
        try {
            process.getOutputStream().close();
            if (process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It has ended by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
