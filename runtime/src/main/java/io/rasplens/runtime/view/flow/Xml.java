package io.rasplens.runtime.view.flow;

import java.util.Locale;

/** Text that is safe inside XML, and numbers that look the same everywhere. */
final class Xml {
    private static final int REPLACEMENT = 0xFFFD;

    private Xml() {}

    /** Escapes for element content and for attributes; what XML can't hold at all becomes U+FFFD. */
    static String escape(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(allowed(point) ? point : REPLACEMENT);
            }
        });
        return out.toString();
    }

    private static boolean allowed(int point) {
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return point >= 0x20 && point != 0x7F && !surrogate && point != 0xFFFE && point != 0xFFFF;
    }

    /** A length with at most one digit after the point. */
    static String px(double length) {
        long tenths = Math.round(length * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : String.format(Locale.ROOT, "%.1f", tenths / 10.0);
    }
}
