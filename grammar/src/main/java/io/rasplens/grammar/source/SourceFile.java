package io.rasplens.grammar.source;

import com.google.common.primitives.ImmutableIntArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A named piece of RASP text. Identity counts: two files are equal only if they are the same object, so that spans stay cheap
 * to compare.
 */
public final class SourceFile {
    private final String name;
    private final String text;
    private final Optional<Path> path;
    private final ImmutableIntArray lineStarts;

    private SourceFile(String name, String text, Optional<Path> path) {
        this.name = name;
        this.text = text;
        this.path = path;
        this.lineStarts = findLineStarts(text);
    }

    /** Text that comes from no file: a REPL line, a test, the library. */
    public static SourceFile of(String name, String text) {
        return new SourceFile(name, stripByteOrderMark(text), Optional.empty());
    }

    /**
     * Reads a UTF-8 file; a byte order mark is skipped.
     *
     * @throws CharacterCodingException if the bytes are not UTF-8
     * @throws IOException if the file can't be read
     */
    public static SourceFile of(Path path) throws IOException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                .toString();
        return new SourceFile(path.toString(), stripByteOrderMark(text), Optional.of(path));
    }

    /** The name that diagnostics show. */
    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** Where the text was read from, if from a file. */
    public Optional<Path> path() {
        return path;
    }

    public int lineCount() {
        return lineStarts.length();
    }

    /** The 1-based line that holds {@code offset} (in UTF-16 units). */
    public int line(int offset) {
        int low = 0;
        int high = lineStarts.length() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (lineStarts.get(middle) <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low + 1;
    }

    /** The 1-based column of {@code offset}, counted in code points. */
    public int column(int offset) {
        int start = lineStart(line(offset));
        return text.codePointCount(start, Math.min(offset, text.length())) + 1;
    }

    /** Offset of the first character of the 1-based {@code line}. */
    public int lineStart(int line) {
        return lineStarts.get(line - 1);
    }

    /** The text of the 1-based {@code line}, without its line break. */
    public String lineText(int line) {
        int start = lineStart(line);
        int end = line < lineCount() ? lineStarts.get(line) : text.length();
        while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return name;
    }

    private static String stripByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static ImmutableIntArray findLineStarts(String text) {
        ImmutableIntArray.Builder starts = ImmutableIntArray.builder().add(0);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean loneReturn = c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (c == '\n' || loneReturn) {
                starts.add(i + 1);
            }
        }
        return starts.build();
    }
}
