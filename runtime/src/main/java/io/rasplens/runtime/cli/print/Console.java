package io.rasplens.runtime.cli.print;

import com.google.common.collect.ImmutableMap;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a verb reads and writes. Text is UTF-8 whatever the locale says.
 *
 * @param out for answers; see {@link #answers}
 * @param err for diagnostics; where these can't be written the verb goes on all the same
 * @param colour whether colours may be used: on a terminal, unless {@code NO_COLOR} forbids it
 * @param terminal whether somebody sits there, to type and to read
 * @param watched which streams are seen
 */
public record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        ImmutableMap<String, String> environment,
        boolean terminal,
        boolean colour,
        Watched watched) {
    private static final int DEFAULT_WIDTH = 80;
    private static final int BUFFER = 1 << 14;

    /** The process's own streams. */
    public static Console system() {
        ImmutableMap<String, String> environment = ImmutableMap.copyOf(System.getenv());
        boolean terminal = isTerminal();
        boolean dumb = "dumb".equals(environment.get("TERM"));
        String noColor = environment.getOrDefault("NO_COLOR", "");
        boolean colour = terminal && !dumb && noColor.isEmpty();
        return new Console(
                System.in,
                new AnswerStream(new FileOutputStream(FileDescriptor.out), colour),
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.err), BUFFER),
                        false,
                        StandardCharsets.UTF_8),
                environment,
                terminal,
                colour,
                Watched.ofProcess(terminal));
    }

    /** Streams of a test: no terminal, no colours. */
    public static Console of(InputStream in, PrintStream out, PrintStream err) {
        return new Console(in, out, err, ImmutableMap.of(), false, false, Watched.NOBODY);
    }

    /** Columns to fill with a picture. */
    public int width() {
        try {
            return Math.max(40, Integer.parseInt(environment.getOrDefault("COLUMNS", "")));
        } catch (NumberFormatException e) {
            return DEFAULT_WIDTH;
        }
    }

    /** Prints a text that is the answer itself, a program or a picture: to a file or a pipe it goes letter by letter. */
    public void document(String text) {
        if (terminal) {
            out.print(text);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write(bytes, 0, bytes.length);
        }
    }

    public void flush() {
        out.flush();
        err.flush();
    }

    /** From JDK 22 on {@code System.console()} is there for pipes too and has to be asked. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /**
     * A stream for answers, without colours: {@link OutputFailed} is thrown where one can't be written, and no text reaches it
     * that acts on a terminal.
     */
    public static PrintStream answers(OutputStream stream) {
        return new AnswerStream(stream, false);
    }
}
