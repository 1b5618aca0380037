package io.rasplens.grammar.value;

import java.util.Locale;

/** Prints strings the way Python's {@code repr} does. */
final class PythonString {
    private PythonString() {}

    static String repr(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        var out = new StringBuilder().append(quote);
        text.codePoints().forEach(point -> appendPoint(out, point, quote));
        return out.append(quote).toString();
    }

    private static void appendPoint(StringBuilder out, int point, char quote) {
        switch (point) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\\' -> out.append("\\\\");
            default -> {
                if (point == quote) {
                    out.append('\\').append(quote);
                } else if (point < 0x20 || point == 0x7f) {
                    out.append(String.format(Locale.ROOT, "\\x%02x", point));
                } else {
                    out.appendCodePoint(point);
                }
            }
        }
    }
}
