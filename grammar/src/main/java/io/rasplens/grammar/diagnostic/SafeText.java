package io.rasplens.grammar.diagnostic;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that somebody else may have written, made fit for a terminal: what would move the cursor, colour the screen, set the
 * title, turn the direction of writing or be invisible is shown by its code point, {@code \u001b}.
 */
public final class SafeText {
    /** Colours and weights, which we write ourselves; they end with their text and move nothing. */
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private SafeText() {}

    /** Whether a character acts on a terminal, or hides: controls, marks of direction, half pairs, line separators. */
    public static boolean isUnsafe(int point) {
        // Nearly all there is; the table of characters takes longer to ask.
        if (point >= ' ' && point <= '~') {
            return false;
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            // The joiners belong to the spelling of Persian and of emoji.
            case Character.FORMAT -> point != ZERO_WIDTH_NON_JOINER && point != ZERO_WIDTH_JOINER;
            default -> false;
        };
    }

    /** A name, which has no line breaks. */
    public static String line(String text) {
        return escaped(text, false);
    }

    /** A text of several lines, perhaps with tabs. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    /** A text of several lines with colours of ours in it. */
    public static String coloured(String text) {
        if (text.indexOf('\u001B') < 0) {
            return lines(text);
        }
        var out = new StringBuilder(text.length());
        Matcher colour = COLOUR.matcher(text);
        int at = 0;
        while (colour.find()) {
            out.append(lines(text.substring(at, colour.start()))).append(colour.group());
            at = colour.end();
        }
        return out.append(lines(text.substring(at))).toString();
    }

    /** Appends a character, by its code point if it is unsafe. */
    public static void append(StringBuilder out, int point) {
        if (isUnsafe(point)) {
            out.append(String.format(Locale.ROOT, point < 0x10000 ? "\\u%04x" : "\\U%08x", point));
        } else {
            out.appendCodePoint(point);
        }
    }

    private static String escaped(String text, boolean keepBreaks) {
        if (text.codePoints().noneMatch(SafeText::isUnsafe)) {
            return text;
        }
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (keepBreaks && (point == '\n' || point == '\t')) {
                out.append((char) point);
            } else {
                append(out, point);
            }
        });
        return out.toString();
    }
}
