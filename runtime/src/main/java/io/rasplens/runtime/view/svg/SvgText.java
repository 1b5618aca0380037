package io.rasplens.runtime.view.svg;

import java.util.Locale;

/** Text in an SVG. */
public final class SvgText {
    /** Nothing on a picture is written smaller, in px. */
    public static final int LEAST_SIZE = 12;

    /** The width of an average sans-serif character, in parts of its size. */
    private static final double CHARACTER = 0.58;

    private static final int REPLACEMENT = 0x25A1;

    private SvgText() {}

    /** The opening tag, and a white ground. */
    public static String open(double width, double height, int size) {
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\""
                        + " font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"%d\" fill=\"#15181c\">\n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
                width,
                height,
                width,
                height,
                size);
    }

    /** An element; nothing for an empty text. */
    public static String text(double x, double y, String attributes, String text) {
        return text.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\"%s%s xml:space=\"preserve\">%s</text>\n",
                        x,
                        y,
                        attributes.isEmpty() ? "" : " ",
                        attributes,
                        escape(text));
    }

    /** About how wide a text is drawn, in px. */
    public static double width(String text, double size) {
        return text.codePointCount(0, text.length()) * size * CHARACTER;
    }

    /** At most {@code length} characters. */
    public static String shortened(String text, int length) {
        int points = text.codePointCount(0, text.length());
        return points <= length ? text : text.substring(0, text.offsetByCodePoints(0, length - 1)) + "\u2026";
    }

    /** Safe in an element and in an attribute; a box stands for what XML or a line of text can't hold. */
    public static String escape(String text) {
        return XmlText.escape(
                text,
                point -> !Character.isISOControl(point) && Character.getType(point) != Character.FORMAT,
                REPLACEMENT);
    }
}
