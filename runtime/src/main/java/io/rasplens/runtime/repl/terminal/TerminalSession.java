package io.rasplens.runtime.repl.terminal;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.runtime.repl.ReplEngine;
import io.rasplens.runtime.repl.Responder;
import io.rasplens.runtime.repl.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jline.keymap.KeyMap;
import org.jline.reader.Buffer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The REPL at a terminal: Ctrl-C drops the line that is being typed or stops the statement that runs, Ctrl-D leaves.
 */
public final class TerminalSession {
    private static final String PROMPT = ">> ";
    private static final String CONTINUATION = ".. ";
    private static final String END = "end-at-empty-line";

    private final ReplEngine engine;
    private final Terminal terminal;
    private final LineReader reader;
    private final Responder responder;

    /**
     * A session at {@code terminal}, which stays open after it.
     *
     * @param history where typed lines are kept from session to session
     */
    TerminalSession(
            ReplEngine engine,
            Terminal terminal,
            Function<Diagnostic, String> renderer,
            Path pictures,
            Optional<Path> history,
            boolean colour) {
        this.engine = engine;
        this.terminal = terminal;
        this.reader = reader(engine, terminal, history, colour);
        this.responder = new Responder(terminal.writer(), terminal.writer(), renderer, pictures);
    }

    /**
     * Runs at the terminal of this process until the user leaves.
     *
     * @param renderer a diagnostic's text for people
     * @param pictures the folder that drawings are written to
     * @param colour whether the typed line is coloured
     * @throws IOException if there is no terminal to be had
     */
    public static void run(ReplEngine engine, Function<Diagnostic, String> renderer, Path pictures, boolean colour)
            throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            Optional<Path> history = HistoryFile.find(System.getenv(), System.getProperty("user.home", "."));
            new TerminalSession(engine, terminal, renderer, pictures, history, colour).run();
        }
    }

    /** Runs until the user leaves. */
    void run() {
        boolean goesOn = responder.show(engine.start());
        while (goesOn) {
            goesOn = readAndAnswer();
        }
        save(reader);
    }

    private boolean readAndAnswer() {
        try {
            return responder.show(answer(reader.readLine(PROMPT)));
        } catch (UserInterruptException e) {
            engine.drop();
            return true;
        } catch (EndOfFileException e) {
            String half = e.getPartialLine();
            if (half != null && !half.isBlank()) {
                responder.show(engine.handle(half));
            }
            responder.show(engine.finish());
            return false;
        }
    }

    /** Ctrl-C now stops the statement; where it doesn't stop at once, a second Ctrl-C ends the program as anywhere else. */
    private List<Response> answer(String line) {
        Thread waiting = Thread.currentThread();
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> {
            terminal.handle(Terminal.Signal.INT, Terminal.SignalHandler.SIG_DFL);
            // Behind the ^C that the terminal echoes.
            terminal.writer().println();
            waiting.interrupt();
        });
        try {
            return engine.handle(line);
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            // An interrupt that came too late must not reach what is typed next.
            Thread.interrupted();
        }
    }

    private static LineReader reader(ReplEngine engine, Terminal terminal, Optional<Path> history, boolean colour) {
        var builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("rasp")
                .parser(new RaspLineParser())
                .completer(new WordCompleter(engine, Path.of("")))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUATION)
                .variable(LineReader.INDENTATION, 2)
                .variable(LineReader.BELL_STYLE, "none")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.DISABLE_HIGHLIGHTER, !colour)
                .option(LineReader.Option.CASE_INSENSITIVE, false);
        if (colour) {
            builder.highlighter(new RaspHighlighter());
        }
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        LineReader reader = builder.build();
        endAtEmptyLine(reader);
        return reader;
    }

    /** Ctrl-D leaves on an empty line that goes on with a statement too, which is answered as far as it goes; it listed completions there. */
    private static void endAtEmptyLine(LineReader reader) {
        reader.getWidgets().put(END, () -> {
            Buffer typed = reader.getBuffer();
            String text = typed.toString();
            int line = text.lastIndexOf('\n');
            if (line >= 0
                    && typed.cursor() == typed.length()
                    && text.substring(line).isBlank()) {
                throw new EndOfFileException().partialLine(text);
            }
            reader.callWidget(LineReader.DELETE_CHAR_OR_LIST);
            return true;
        });
        Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN)).bind(new Reference(END), KeyMap.ctrl('D'));
    }

    /** The history is a comfort: that it can't be kept must not spoil the farewell. */
    private static void save(LineReader reader) {
        try {
            reader.getHistory().save();
        } catch (IOException e) {
            reader.getTerminal().writer().println("the history could not be kept: " + e.getMessage());
            reader.getTerminal().flush();
        }
    }
}
