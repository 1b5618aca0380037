package io.rasplens.runtime.view.flow;

import io.rasplens.runtime.view.svg.XmlText;
import java.util.Locale;

/** Text that is safe inside XML, and numbers that look the same everywhere. */
final class Xml {
    private static final int REPLACEMENT = 0xFFFD;
    private static final int DELETE = 0x7F;

    private Xml() {}

    /** Escapes for element content and for attributes; what XML can't hold, and control characters, become U+FFFD. */
    static String escape(String text) {
        return XmlText.escape(text, point -> point >= ' ' && point != DELETE, REPLACEMENT);
    }

    /** A length with at most one digit after the point. */
    static String px(double length) {
        long tenths = Math.round(length * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : String.format(Locale.ROOT, "%.1f", tenths / 10.0);
    }
}
