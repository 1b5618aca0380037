package io.rasplens.runtime.repl.terminal;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.runtime.repl.ReplEngine;
import io.rasplens.runtime.repl.Responder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Function;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The REPL at a terminal: Ctrl-C drops the current line, Ctrl-D leaves. */
public final class TerminalSession {
    private static final String PROMPT = ">> ";
    private static final String CONTINUATION = ".. ";

    private TerminalSession() {}

    /**
     * Runs until the user leaves.
     *
     * @param renderer a diagnostic's text for people
     * @param pictures the folder that drawings are written to
     * @param colour whether the typed line is coloured
     * @throws IOException if there is no terminal to be had
     */
    public static void run(ReplEngine engine, Function<Diagnostic, String> renderer, Path pictures, boolean colour)
            throws IOException {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            PrintWriter writer = terminal.writer();
            var responder = new Responder(writer, writer, renderer, pictures);
            LineReader reader = reader(engine, terminal, colour);
            boolean goesOn = responder.show(engine.start());
            while (goesOn) {
                goesOn = readAndAnswer(engine, reader, responder);
            }
            save(reader);
        }
    }

    private static boolean readAndAnswer(ReplEngine engine, LineReader reader, Responder responder) {
        try {
            return responder.show(engine.handle(reader.readLine(PROMPT)));
        } catch (UserInterruptException e) {
            engine.drop();
            return true;
        } catch (EndOfFileException e) {
            responder.show(engine.finish());
            return false;
        }
    }

    private static LineReader reader(ReplEngine engine, Terminal terminal, boolean colour) {
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
        HistoryFile.find(System.getenv(), System.getProperty("user.home", "."))
                .ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        return builder.build();
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
