package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits RASP text into stretches that are coloured alike. Made for text that is still being typed: nothing is an error. */
public final class SyntaxColours {
    /** What a stretch is. */
    public enum SyntaxKind {
        KEYWORD,
        BUILT_IN,
        NUMBER,
        STRING,
        COMMENT,
        COMMAND,
        PLAIN
    }

    /** A stretch of the text, {@code end} exclusive. */
    public record ColouredStretch(int start, int end, SyntaxKind kind) {}

    /** Words of the language and of the REPL. */
    public static final ImmutableSet<String> KEYWORDS = ImmutableSet.of(
            "and",
            "def",
            "draw",
            "else",
            "example",
            "examples",
            "exit",
            "for",
            "full",
            "if",
            "in",
            "indicator",
            "load",
            "not",
            "off",
            "on",
            "or",
            "quit",
            "return",
            "round",
            "s-op",
            "selector",
            "set",
            "show");

    /** Forms and values that exist before any library. */
    public static final ImmutableSet<String> BUILT_INS = ImmutableSet.of(
            "False",
            "True",
            "aggregate",
            "indices",
            "len",
            "range",
            "select",
            "tokens",
            "tokens_asis",
            "tokens_bool",
            "tokens_float",
            "tokens_int",
            "tokens_str",
            "zip");

    private static final Pattern TOKEN = Pattern.compile("(?<comment>#[^\\n]*)|(?<string>\"[^\"\\n]*\"?)"
            + "|(?<command>(?<![^\\n]):[a-z]+)|(?<number>[0-9]+(\\.[0-9]+)?)|(?<word>s-op\\b|[A-Za-z_][A-Za-z_0-9]*)");

    private SyntaxColours() {}

    /** Stretches in order, without gaps, covering the whole text. */
    public static ImmutableList<ColouredStretch> of(String text) {
        var result = ImmutableList.<ColouredStretch>builder();
        Matcher token = TOKEN.matcher(text);
        int done = 0;
        while (token.find()) {
            if (token.start() > done) {
                result.add(new ColouredStretch(done, token.start(), SyntaxKind.PLAIN));
            }
            result.add(new ColouredStretch(token.start(), token.end(), kind(token)));
            done = token.end();
        }
        if (done < text.length()) {
            result.add(new ColouredStretch(done, text.length(), SyntaxKind.PLAIN));
        }
        return result.build();
    }

    private static SyntaxKind kind(Matcher token) {
        if (token.group("comment") != null) {
            return SyntaxKind.COMMENT;
        }
        if (token.group("string") != null) {
            return SyntaxKind.STRING;
        }
        if (token.group("command") != null) {
            return SyntaxKind.COMMAND;
        }
        if (token.group("number") != null) {
            return SyntaxKind.NUMBER;
        }
        String word = token.group();
        return KEYWORDS.contains(word)
                ? SyntaxKind.KEYWORD
                : BUILT_INS.contains(word) ? SyntaxKind.BUILT_IN : SyntaxKind.PLAIN;
    }
}
