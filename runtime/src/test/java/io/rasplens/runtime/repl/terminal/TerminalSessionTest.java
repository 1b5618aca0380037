package io.rasplens.runtime.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.elaborate.MemoryLoader;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.runtime.repl.ReplEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys go in through a terminal without a screen; what it would show is looked at. */
@Timeout(60)
class TerminalSessionTest {
    private static final String CTRL_C = "\003";
    private static final String CTRL_D = "\004";
    private static final String ENTER = "\r";

    @TempDir
    Path folder = Path.of("");

    private final PipedOutputStream keys = new PipedOutputStream();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final CountDownLatch works = new CountDownLatch(1);
    private Thread session = new Thread();

    @BeforeEach
    void open() throws IOException {
        // :run x never ends by itself.
        var engine = new ReplEngine(new MemoryLoader(ImmutableMap.of()), (verb, program, input) -> {
            works.countDown();
            while (true) {
                Interrupted.check();
            }
        });
        Terminal terminal =
                new ExternalTerminal("test", "ansi", new PipedInputStream(keys), screen, StandardCharsets.UTF_8);
        terminal.setSize(new Size(80, 24));
        var atTerminal = new TerminalSession(
                engine, terminal, Diagnostic::message, folder, Optional.of(folder.resolve("history")), true);
        session = new Thread(atTerminal::run, "session");
        session.start();
        waitFor(">> ");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        keys.close();
        // It writes its history as it ends, into the folder that is deleted next.
        session.join(30_000);
    }

    @Test
    void answersAndLeaves() throws IOException, InterruptedException {
        type("1 + 1;" + ENTER);
        waitFor("    value: out =  2");
        type("exit" + ENTER);
        session.join();
        assertThat(Files.readString(folder.resolve("history"))).contains("1 + 1;");
    }

    @Test
    void ctrlDLeaves() throws IOException, InterruptedException {
        type(CTRL_D);
        session.join();
        assertThat(shown()).doesNotContain("error");
    }

    @Test
    void ctrlDInHalfAStatementTellsWhatItLacksAndLeaves() throws IOException, InterruptedException {
        type("x = [1," + ENTER);
        waitFor(".. ");
        type(CTRL_D);
        session.join();
        assertThat(shown()).contains("this '[' is never closed");
    }

    @Test
    void ctrlCDropsTheLineThatIsBeingTyped() throws IOException, InterruptedException {
        type("1 + half");
        waitFor("half");
        type(CTRL_C);
        waitForPrompt(2);
        type("2 + 2;" + ENTER);
        waitFor("    value: out =  4");
    }

    @Test
    void ctrlCDropsAStatementOfSeveralLines() throws IOException, InterruptedException {
        type("[1," + ENTER);
        waitFor(".. ");
        type(CTRL_C);
        waitForPrompt(2);
        type("5;" + ENTER);
        waitFor("    value: out =  5");
    }

    @Test
    void ctrlCStopsWhatRunsAndTheSessionGoesOn() throws IOException, InterruptedException {
        type("x = indices;" + ENTER);
        waitForPrompt(2);
        type(":run x abc" + ENTER);
        works.await();
        type(CTRL_C);
        waitFor("interrupted");
        waitForPrompt(3);
        type("3 + 3;" + ENTER);
        waitFor("    value: out =  6");
    }

    @Test
    void coloursWhatIsTyped() throws IOException {
        type("7");
        waitFor("\033[34m7");
        type(" and");
        waitFor("\033[35;1mand");
    }

    private void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private void waitForPrompt(int times) {
        waitUntil(() -> shown().split(">> ", -1).length > times);
    }

    private void waitFor(String text) {
        waitUntil(() -> shown().contains(text));
    }

    private static void waitUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
            assertThat(Thread.currentThread().isInterrupted())
                    .as("the time is up")
                    .isFalse();
        }
    }
}
