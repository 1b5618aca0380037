package io.rasplens.runtime.repl.terminal;

import io.rasplens.runtime.repl.SyntaxColours;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours the line that is being typed. */
final class RaspHighlighter implements Highlighter {
    @Override
    public AttributedString highlight(LineReader reader, String line) {
        var out = new AttributedStringBuilder();
        for (SyntaxColours.ColouredStretch stretch : SyntaxColours.of(line)) {
            out.append(line.substring(stretch.start(), stretch.end()), style(stretch.kind()));
        }
        return out.toAttributedString();
    }

    private static AttributedStyle style(SyntaxColours.SyntaxKind kind) {
        return switch (kind) {
            case KEYWORD -> AttributedStyle.BOLD.foreground(AttributedStyle.MAGENTA);
            case BUILT_IN -> AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
            case NUMBER -> AttributedStyle.DEFAULT.foreground(AttributedStyle.BLUE);
            case STRING -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
            case COMMENT -> AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT);
            case COMMAND -> AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW);
            case PLAIN -> AttributedStyle.DEFAULT;
        };
    }
}
