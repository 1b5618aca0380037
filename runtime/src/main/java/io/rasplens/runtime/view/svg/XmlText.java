package io.rasplens.runtime.view.svg;

import java.util.function.IntPredicate;

/** Text in XML. */
public final class XmlText {
    private XmlText() {}

    /**
     * Safe in an element and in an attribute.
     *
     * @param isAllowed which characters may stand there; what XML can't hold at all never does
     * @param replacement stands for the others
     */
    public static String escape(String text, IntPredicate isAllowed, int replacement) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(point) && isAllowed.test(point) ? point : replacement);
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int point) {
        boolean control = point < 0x20 && point != '\n' && point != '\t';
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return !control && !surrogate && point != 0xFFFE && point != 0xFFFF;
    }
}
