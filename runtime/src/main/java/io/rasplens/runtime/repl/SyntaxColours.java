package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits RASP text into stretches that are coloured alike. Made for text that is still being typed: nothing is an error. */
public final class SyntaxColours {
    /** What a stretch is. */
    public enum Kind {
        KEYWORD,
        BUILT_IN,
        NUMBER,
        STRING,
        COMMENT,
        COMMAND,
        PLAIN
    }

    /** A stretch of the text, {@code end} exclusive. */
    public record Stretch(int start, int end, Kind kind) {}

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
    public static ImmutableList<Stretch> of(String text) {
        var result = ImmutableList.<Stretch>builder();
        Matcher token = TOKEN.matcher(text);
        int done = 0;
        while (token.find()) {
            if (token.start() > done) {
                result.add(new Stretch(done, token.start(), Kind.PLAIN));
            }
            result.add(new Stretch(token.start(), token.end(), kind(token)));
            done = token.end();
        }
        if (done < text.length()) {
            result.add(new Stretch(done, text.length(), Kind.PLAIN));
        }
        return result.build();
    }

    private static Kind kind(Matcher token) {
        if (token.group("comment") != null) {
            return Kind.COMMENT;
        }
        if (token.group("string") != null) {
            return Kind.STRING;
        }
        if (token.group("command") != null) {
            return Kind.COMMAND;
        }
        if (token.group("number") != null) {
            return Kind.NUMBER;
        }
        String word = token.group();
        return KEYWORDS.contains(word) ? Kind.KEYWORD : BUILT_INS.contains(word) ? Kind.BUILT_IN : Kind.PLAIN;
    }
}
