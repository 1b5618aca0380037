package io.rasplens.runtime.repl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;

class RaspHighlighterTest {
    private static final String LINE = "def f(s) { return aggregate(s, \"x\", 0.5); } # why";

    @Test
    void everyKindHasItsColourAndNothingIsLost() throws IOException {
        AttributedString line = highlighted(LINE);
        assertThat(line.toString()).isEqualTo(LINE);
        assertThat(styleOf(line, "def")).isEqualTo(AttributedStyle.BOLD.foreground(AttributedStyle.MAGENTA));
        assertThat(styleOf(line, "f(")).isEqualTo(AttributedStyle.DEFAULT);
        assertThat(styleOf(line, "aggregate")).isEqualTo(AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN));
        assertThat(styleOf(line, "\"x\"")).isEqualTo(AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN));
        assertThat(styleOf(line, "0.5")).isEqualTo(AttributedStyle.DEFAULT.foreground(AttributedStyle.BLUE));
        assertThat(styleOf(line, "# why")).isEqualTo(AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT));
        assertThat(styleOf(highlighted(":run a"), ":run"))
                .isEqualTo(AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW));
    }

    private static AttributedStyle styleOf(AttributedString line, String part) {
        return line.styleAt(line.toString().indexOf(part));
    }

    private static AttributedString highlighted(String line) throws IOException {
        try (var terminal = new DumbTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream())) {
            return new RaspHighlighter()
                    .highlight(LineReaderBuilder.builder().terminal(terminal).build(), line);
        }
    }
}
