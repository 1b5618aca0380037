package io.rasplens.grammar.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticRendererTest {
    private enum Code implements DiagnosticCode {
        ONE;

        @Override
        public CodeEntry entry() {
            return CodeEntry.error(999, "a test");
        }
    }

    private static Span find(SourceFile source, String part) {
        int start = source.text().indexOf(part);
        return new Span(source, start, start + part.length());
    }

    private static String render(Diagnostic diagnostic) {
        return DiagnosticRenderer.plain().render(diagnostic);
    }

    @Test
    void underlinesTheSpan() {
        var source = SourceFile.of("a.rasp", "x = 1;\ny = tokns;\n");
        var diagnostic = Diagnostic.error(Code.ONE, "unknown name 'tokns'", find(source, "tokns"))
                .note("a note")
                .help("did you mean 'tokens'?");
        assertThat(render(diagnostic)).isEqualTo("""
                error[E0999]: unknown name 'tokns'
                 --> a.rasp:2:5
                  |
                2 | y = tokns;
                  |     ^^^^^
                note: a note
                help: did you mean 'tokens'?
                """);
    }

    @Test
    void alignsTabsWideAndCombiningCharacters() {
        var source = SourceFile.of("a.rasp", "\tx = \"漢😀e\u0301👩\u200D🚀\" + bad;");
        assertThat(render(Diagnostic.error(Code.ONE, "m", find(source, "bad")))).isEqualTo("""
                error[E0999]: m
                 --> a.rasp:1:18
                  |
                1 |     x = "漢😀e\u0301👩\u200D🚀" + bad;
                  |                     ^^^
                """);
        assertThat(render(Diagnostic.error(Code.ONE, "m", find(source, "漢😀")))).contains("  |          ^^^^\n");
    }

    @Test
    void showsSeveralLabelsAndFiles() {
        var one = SourceFile.of("one.rasp", "a = 1;\nb = 2;\n\n\n\n\n\n\n\nc = a + b;\n");
        var two = SourceFile.of("two.rasp", "load \"one\";");
        var diagnostic = Diagnostic.error(Code.ONE, "m")
                .at(find(one, "a + b"), "here")
                .at(find(one, "b = 2"), "bound here")
                .at(find(one, "c"), "")
                .at(find(two, "load"), "loaded here");
        assertThat(render(diagnostic)).isEqualTo("""
                error[E0999]: m
                  --> one.rasp:10:5
                   |
                 2 | b = 2;
                   | ----- bound here
                  ...
                10 | c = a + b;
                   |     ^^^^^ here
                   | -
                  ::: two.rasp:1:1
                   |
                 1 | load "one";
                   | ---- loaded here
                """);
    }

    @Test
    void pointsAtTheEndOfTheText() {
        var source = SourceFile.of("a.rasp", "x = 1");
        assertThat(render(Diagnostic.error(Code.ONE, "m", new Span(source, 5, 5))))
                .endsWith("  |      ^\n");
        var empty = SourceFile.of("a.rasp", "");
        assertThat(render(Diagnostic.error(Code.ONE, "m", new Span(empty, 0, 0))))
                .endsWith("1 |\n  | ^\n");
    }

    @Test
    void underlinesOnlyTheFirstLineOfALongSpan() {
        var source = SourceFile.of("a.rasp", "x = f(1,\n   2);\n");
        assertThat(render(Diagnostic.error(Code.ONE, "m", find(source, "f(1,\n   2)"))))
                .contains("1 | x = f(1,\n  |     ^^^^\n");
    }

    @Test
    void clipsLongLines() {
        var source = SourceFile.of("a.rasp", "x".repeat(100_000) + " bad " + "y".repeat(100_000));
        String text = render(Diagnostic.error(Code.ONE, "m", find(source, "bad")));
        assertThat(text.length()).isLessThan(400);
        List<String> lines = text.lines().toList();
        assertThat(lines.get(3).indexOf("bad")).isEqualTo(lines.get(4).indexOf("^^^"));
    }

    @Test
    void keepsControlCharactersFromTheTerminal() {
        var source = SourceFile.of("a\u001B[2J.rasp", "x = \u001B[31m\u202E;");
        assertThat(render(Diagnostic.error(Code.ONE, "m\u0007", find(source, "x"))))
                .isEqualTo("""
                error[E0999]: m\\u0007
                 --> a\\u001b[2J.rasp:1:1
                  |
                1 | x = �[31m�;
                  | ^
                """);
    }

    @Test
    void coloursOnDemand() {
        var source = SourceFile.of("a.rasp", "x");
        var diagnostic = Diagnostic.warning(Code.ONE, "m", find(source, "x"));
        String coloured = DiagnosticRenderer.coloured().render(diagnostic);
        assertThat(coloured).contains("\u001B[1;33mwarning[E0999]\u001B[0m");
        assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(render(diagnostic));
    }

    @Test
    void givesPlainData() {
        var source = SourceFile.of("a.rasp", "x = \"😀\" y");
        assertThat(DiagnosticData.of(Diagnostic.error(Code.ONE, "m", find(source, "y"))))
                .isEqualTo(new DiagnosticData("E0999", "m", "a.rasp", 1, 9));
        assertThat(DiagnosticData.of(Diagnostic.error(Code.ONE, "m")).line()).isNull();
    }
}
