package io.rasplens.runtime.repl.terminal;

import com.google.common.base.CharMatcher;
import io.rasplens.runtime.repl.ReplEngine;
import io.rasplens.runtime.repl.SyntaxColours;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.Parser;

/** Keeps the editor open until the statement is finished, and finds the word that Tab completes. */
final class RaspLineParser implements Parser {
    @Override
    public CompletingParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !ReplEngine.isFinished(line)) {
            throw new EOFError(
                    -1,
                    cursor,
                    "the statement goes on",
                    "",
                    openBrackets(line.substring(0, Math.min(cursor, line.length()))),
                    "");
        }
        int start = cursor;
        while (start > 0 && isPartOfWord(line.charAt(start - 1))) {
            start--;
        }
        if (start == 1 && line.charAt(0) == ':') {
            start = 0;
        }
        int end = cursor;
        while (end < line.length() && isPartOfWord(line.charAt(end))) {
            end++;
        }
        return new Word(line, cursor, line.substring(start, end), cursor - start);
    }

    /** How far to indent the next line. */
    private static int openBrackets(String text) {
        int open = 0;
        for (SyntaxColours.ColouredStretch stretch : SyntaxColours.of(text)) {
            if (stretch.kind() == SyntaxColours.SyntaxKind.PLAIN) {
                String plain = text.substring(stretch.start(), stretch.end());
                open += CharMatcher.anyOf("([{").countIn(plain)
                        - CharMatcher.anyOf(")]}").countIn(plain);
            }
        }
        return Math.max(0, open);
    }

    private static boolean isPartOfWord(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }

    /** A line of which only the word at the cursor matters. */
    private record Word(String line, int cursor, String word, int wordCursor) implements CompletingParsedLine {
        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }
    }
}
