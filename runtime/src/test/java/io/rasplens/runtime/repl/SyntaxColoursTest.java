package io.rasplens.runtime.repl;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.runtime.repl.SyntaxColours.ColouredStretch;
import io.rasplens.runtime.repl.SyntaxColours.SyntaxKind;
import org.junit.jupiter.api.Test;

class SyntaxColoursTest {
    @Test
    void coversTheWholeText() {
        String text = "def f(s) { return aggregate(s, \"x # y\", 0.5); } # why \" not\nset s-op example \"open";
        int end = 0;
        for (ColouredStretch stretch : SyntaxColours.of(text)) {
            assertThat(stretch.start()).isEqualTo(end);
            end = stretch.end();
        }
        assertThat(end).isEqualTo(text.length());
    }

    @Test
    void tellsTheKindsApart() {
        assertThat(kindOf("def f", "def")).isEqualTo(SyntaxKind.KEYWORD);
        assertThat(kindOf("s-op examples on", "s-op")).isEqualTo(SyntaxKind.KEYWORD);
        assertThat(kindOf("defs = 1;", "defs")).isEqualTo(SyntaxKind.PLAIN);
        assertThat(kindOf("a = tokens_int + 12.5;", "tokens_int")).isEqualTo(SyntaxKind.BUILT_IN);
        assertThat(kindOf("a = tokens_int + 12.5;", "12.5")).isEqualTo(SyntaxKind.NUMBER);
        assertThat(kindOf("a = \"b # c\"; # d", "\"b # c\"")).isEqualTo(SyntaxKind.STRING);
        assertThat(kindOf("a = \"b # c\"; # d", "# d")).isEqualTo(SyntaxKind.COMMENT);
        assertThat(kindOf(":run a", ":run")).isEqualTo(SyntaxKind.COMMAND);
        assertThat(kindOf("{1:x}", "x")).isEqualTo(SyntaxKind.PLAIN);
    }

    private static SyntaxKind kindOf(String text, String part) {
        int start = text.indexOf(part);
        return SyntaxColours.of(text).stream()
                .filter(stretch -> stretch.start() == start && stretch.end() == start + part.length())
                .map(ColouredStretch::kind)
                .findFirst()
                .orElse(SyntaxKind.PLAIN);
    }
}
