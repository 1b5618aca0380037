package io.rasplens.grammar.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.rasplens.grammar.Golden;
import io.rasplens.grammar.ast.AstPrinter;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticRenderer;
import io.rasplens.grammar.source.SourceFile;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text, there is a tree or there are diagnostics, soon, and never an exception. */
class HostileTextTest {
    private static final String[] WORDS = {
        "set",
        "show",
        "example",
        "examples",
        "on",
        "off",
        "selector",
        "s-op",
        "load",
        "draw",
        "round",
        "indicator",
        "exit",
        "quit",
        "def",
        "return",
        "for",
        "in",
        "if",
        "else",
        "and",
        "or",
        "not",
        "select",
        "aggregate",
        "range",
        "zip",
        "len",
        "#@",
        "output",
        "vocab",
        "max_length",
        "causal",
        "test",
        "==",
        "!=",
        "<=",
        ">",
        "=",
        "+",
        "-",
        "*",
        "/",
        "%",
        "^",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ";",
        "x",
        "y",
        "1",
        "2.5",
        "\"a\"",
        "\"",
        "'",
        "\n",
        "# c\n",
        "😀",
        "\u0000",
        "full seq display",
    };

    private static RaspParser.Partial parse(String text) {
        var source = SourceFile.of("test.rasp", text);
        var partial = RaspParser.parseLeniently(source);
        AstPrinter.print(partial.script(), true);
        String rendered = DiagnosticRenderer.plain().render(partial.diagnostics());
        assertThat(rendered.isEmpty()).isEqualTo(partial.diagnostics().isEmpty());
        RaspParser.parseTyped(source);
        RaspParser.parseExpression(source);
        RaspParser.parseAtoms(source);
        return partial;
    }

    private static List<String> codes(String text) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> RaspParser.parse(SourceFile.of("test.rasp", text)).diagnostics().stream()
                        .filter(Diagnostic::isError)
                        .map(each -> each.code().id())
                        .distinct()
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(", "[", "{1:", "not ", "-", "f(", "a[", "def f() {", "for x in y {", "1 if ", "a ^ -", "round("
            })
    void depthHasALimit(String opener) {
        assertThat(codes(opener.repeat(100_000))).contains(opener.equals("a ^ -") ? "E0122" : "E0121");
    }

    @Test
    void everyRealDepthWorks() {
        assertThat(codes("x = " + "(".repeat(400) + "1" + ")".repeat(400) + ";"))
                .isEmpty();
        assertThat(codes("x = " + "[".repeat(400) + "]".repeat(400) + ";")).isEmpty();
        assertThat(codes("for x in y {".repeat(200) + "z;" + "}".repeat(200))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" + a", " in a", "[0]", "(0)", " if a else b", " and a", " % a"})
    void chainsHaveALimit(String link) {
        assertThat(codes("a" + link.repeat(5_000) + ";")).isEmpty();
        assertThat(codes("a" + link.repeat(100_000) + ";")).containsExactly("E0122");
    }

    @Test
    void hugeTextsAreAnsweredSoon() {
        assertThat(codes("a".repeat(10_000_000))).containsExactly("E0123");
        assertThat(codes("1".repeat(3_900_000) + ";")).containsExactly("E0124");
        assertThat(codes("\"" + "a".repeat(3_900_000))).containsExactly("E0102");
        assertThat(codes("@".repeat(3_900_000))).containsExactly("E0101");
        assertThat(codes("@ ".repeat(200_000))).contains("E0101", "E0127");
        assertThat(codes(";".repeat(200_000))).contains("E0106", "E0127");
        assertThat(codes("a;".repeat(100_000))).isEmpty();
        assertThat(codes("a;".repeat(1_900_000))).containsExactly("E0123");
        assertThat(codes("a = [" + "1, ".repeat(100_000) + "1];")).isEmpty();
        assertThat(codes("# ".repeat(500_000))).isEmpty();
        assertThat(codes("\n".repeat(500_000))).isEmpty();
    }

    @Test
    void randomBytesGiveDiagnostics() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(200); i >= 0; i--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000)));
            }
            parse(text.toString());
        }
    }

    @Test
    void randomWordsGiveDiagnostics() {
        soup(1500, 0);
    }

    @Test
    void damagedProgramsGiveDiagnostics() {
        damage(200, 0);
    }

    @Test
    @Tag("long")
    void manyRandomTextsGiveDiagnostics() {
        soup(100_000, 1_000_000);
        damage(30_000, 1_000_000);
    }

    private static void soup(int count, int firstSeed) {
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(60); i >= 0; i--) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(4) == 0 ? "" : " ");
            }
            parse(text.toString());
        }
    }

    private static void damage(int count, int firstSeed) {
        String good = Golden.read("ast/statements.rasp") + Golden.read("ast/expressions.rasp");
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder(good);
            for (int i = random.nextInt(5); i >= 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, WORDS[random.nextInt(WORDS.length)]);
                    default -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
                }
            }
            parse(text.toString());
        }
    }
}
