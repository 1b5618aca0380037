package io.rasplens.runtime.cli.subject;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.runtime.cli.print.CliCode;
import io.rasplens.runtime.cli.print.Console;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The lines of a file, or of the standard input, as they come. */
public final class TextLines {
    /** What is longer is cut to this. */
    static final int LONGEST = 1 << 22;

    /** Stands where bytes are no UTF-8. */
    static final char NOT_TEXT = '\uFFFD';

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextLines() {}

    /** Hands each line over as soon as it is there, without its end. */
    public static void each(Console console, String source, Consumer<String> take) {
        try (Reader reader = open(console, source)) {
            var line = new StringBuilder();
            boolean more = true;
            boolean first = true;
            while (more) {
                line.setLength(0);
                more = readLine(reader, line);
                if (first && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK) {
                    line.deleteCharAt(0);
                }
                first = false;
                if (more || !line.isEmpty()) {
                    take.accept(line.toString());
                }
            }
        } catch (IOException e) {
            throw SourceReader.unreadable(Path.of(source), e);
        }
    }

    private static Reader open(Console console, String source) throws IOException {
        if (source.equals("-")) {
            return reader(console.in(), "the standard input");
        }
        Path path = SourceReader.path(source);
        if (!Files.exists(path)) {
            throw SourceReader.missing(
                    path, Optional.of("its lines would be the inputs; one input alone is --input TEXT"));
        }
        SourceReader.checkReadable(
                path, "name a text file with an input on each line; the standard input is --inputs -");
        return reader(Files.newInputStream(path), path.toString());
    }

    private static Reader reader(InputStream bytes, String name) throws IOException {
        var stream = new BufferedInputStream(bytes);
        stream.mark(1);
        int first = stream.read();
        stream.reset();
        if (first == 0xFE || first == 0xFF) {
            throw SourceReader.failure(
                    Path.of(name),
                    Diagnostic.error(CliCode.NOT_TEXT, name + " is text in UTF-16, not in UTF-8")
                            .help("save the inputs as UTF-8"));
        }
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /** Reads up to a line feed, which is left out, as is a carriage return before it. False at the end of the stream. */
    private static boolean readLine(Reader reader, StringBuilder line) throws IOException {
        int c = reader.read();
        while (c >= 0 && c != '\n') {
            if (line.length() < LONGEST) {
                line.append((char) c);
            }
            c = reader.read();
        }
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return c >= 0;
    }
}
