package io.rasplens.runtime.view.flow;

import java.util.Locale;

/** Writes the marks that a flow is drawn with. */
final class FlowMarks {
    private final StringBuilder out;

    FlowMarks(StringBuilder out) {
        this.out = out;
    }

    void rect(double x, double y, double width, double height, String css, String more) {
        out.append("<rect");
        out.append(css.isEmpty() ? "" : " class=\"" + css + "\"");
        out.append(String.format(
                Locale.ROOT,
                " x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"",
                Xml.px(x),
                Xml.px(y),
                Xml.px(width),
                Xml.px(height)));
        out.append(more.isEmpty() ? "" : " " + more).append("/>\n");
    }

    void text(double x, double y, String css, String text) {
        out.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%s\" y=\"%s\" xml:space=\"preserve\">%s</text>\n",
                css,
                Xml.px(x),
                Xml.px(y),
                Xml.escape(text)));
    }
}
