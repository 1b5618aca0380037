package io.rasplens.runtime.repl;

import com.google.common.collect.ImmutableSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether typed text is finished: all brackets closed, and its last statement ended by {@code ;}, by the {@code }} of a
 * {@code def} or {@code for}, or by the line's end if it is a command. Wrong text counts as finished where more text can't mend
 * it, so that the parser can say what is wrong.
 */
final class Completeness {
    private static final ImmutableSet<String> BLOCKS = ImmutableSet.of("def", "for");

    /** Commands end with their line. */
    private static final Pattern COMMAND = Pattern.compile(
            "(set\\b|show\\b|examples\\b|(s-op|selector)\\s+example|full\\s+seq\\b|exit\\b|quit\\b|help\\b|:)[^\\n]*");

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

    private final String text;
    private int at;
    private int depth;
    private boolean open;
    private boolean block;

    private Completeness(String text) {
        this.text = text;
    }

    /** Whether nothing more has to come before the text can be run. Blank text is finished. */
    static boolean isFinished(String text) {
        return new Completeness(text).scan();
    }

    /** How many brackets stay open at the end: how far to indent the next line. */
    static int openBrackets(String text) {
        var scan = new Completeness(text);
        scan.scan();
        return Math.max(0, scan.depth);
    }

    private boolean scan() {
        boolean command = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n' && command && depth <= 0) {
                open = false;
                command = false;
            }
            if (Character.isWhitespace(c) || c == '\uFEFF') {
                at++;
            } else if (c == '#') {
                skipTo('\n');
            } else {
                if (!open) {
                    command = startStatement();
                }
                step(c);
            }
        }
        return depth <= 0 && (!open || command);
    }

    /** Returns whether the statement is a command. */
    private boolean startStatement() {
        open = true;
        depth = 0;
        Matcher word = WORD.matcher(text).region(at, text.length());
        block = word.lookingAt() && BLOCKS.contains(word.group());
        return COMMAND.matcher(text).region(at, text.length()).lookingAt();
    }

    private void step(char c) {
        at++;
        switch (c) {
            case '(', '[', '{' -> depth++;
            case ')', ']' -> depth--;
            case '}' -> {
                depth--;
                if (depth <= 0 && block) {
                    open = false;
                }
            }
            case ';' -> {
                if (depth <= 0) {
                    open = false;
                }
            }
            case '"' -> string();
            default -> {}
        }
    }

    /** A string ends on its line; an unterminated one ends the statement, because no further line can mend it. */
    private void string() {
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
        } else {
            open = false;
            depth = 0;
        }
    }

    private void skipTo(char end) {
        while (at < text.length() && text.charAt(at) != end) {
            at++;
        }
    }
}
