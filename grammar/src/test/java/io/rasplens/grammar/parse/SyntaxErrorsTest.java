package io.rasplens.grammar.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.rasplens.grammar.Golden;
import io.rasplens.grammar.ast.AstPrinter;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.DiagnosticRenderer;
import io.rasplens.grammar.diagnostic.Explanations;
import io.rasplens.grammar.source.SourceFile;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxErrorsTest {
    private static List<Diagnostic> diagnose(String text) {
        return RaspParser.parse(SourceFile.of("test.rasp", text)).diagnostics();
    }

    private static List<String> codes(String text) {
        return diagnose(text).stream().map(each -> each.code().id()).toList();
    }

    @Test
    void saysWhatIsWrongInWords() {
        var out = new StringBuilder();
        for (String text : Splitter.on("\n---\n").split(Golden.read("syntax-errors.in"))) {
            out.append("=".repeat(60)).append('\n').append(text).append('\n');
            out.append("-".repeat(60)).append('\n');
            out.append(DiagnosticRenderer.plain().render(diagnose(text)));
        }
        Golden.check("syntax-errors.out", out.toString());
    }

    @ParameterizedTest
    @EnumSource(SyntaxCode.class)
    void explainsEveryCode(SyntaxCode code) {
        assertThat(Explanations.of(code.id())).get().asString().startsWith("# " + code.id() + ": " + code.title());
    }

    @Test
    void everyCodeCanBeMet() {
        var met = Splitter.on("\n---\n")
                .splitToStream(Golden.read("syntax-errors.in"))
                .flatMap(text -> codes(text).stream())
                .collect(Collectors.toSet());
        met.addAll(codes("(".repeat(3000) + "1"));
        met.addAll(codes("x = 1" + " + 1".repeat(ParseLimits.CHAIN + 1) + ";"));
        met.addAll(codes("x".repeat(ParseLimits.CHARACTERS + 1)));
        met.addAll(codes("1".repeat(ParseLimits.DIGITS + 1) + ";"));
        met.addAll(codes(")\n".repeat(ParseLimits.ERRORS + 1)));
        met.addAll(codes("not a == b; a in b and c; a or b and c; a if b else c if d else e; a == 1 or 2;"));
        met.addAll(codes("a < b < c; a % b * c; a^b^c; -a^b;"));
        met.addAll(RaspParser.parseAtoms(SourceFile.of("--input", "[a]")).diagnostics().stream()
                .map(each -> each.code().id())
                .toList());
        for (SyntaxCode code : SyntaxCode.values()) {
            assertThat(met).contains(code.id());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not a == b; | W0101",
                "(not a) == b; | ",
                "not (a == b); | ",
                "not a and b; | ",
                "x = not a in b; | W0101",
                "x in xs and y; | W0102",
                "x in (xs and y); | ",
                "y and x in xs; | W0102",
                "x in xs if c else d; | W0102",
                "x + y in xs; | ",
                "a or b and c; | W0103",
                "(a or b) and c; | ",
                "a or (b and c); | ",
                "a and b or c; | ",
                "a if c else b if d else e; | W0104",
                "a if c else (b if d else e); | ",
                "(a if c else b) if d else e; | ",
                "def f(x) { return not x == 1; } | W0101",
                "a == 1 or 2; | W0105",
                "a == \"x\" and \"y\"; | W0105",
                "a == 1 or a == 2; | ",
                "1 == 1 or 2; | ",
                "a or 2; | ",
                "0 < indices < 2; | W0106",
                "a == b == c == d; | W0106",
                "0 < indices and indices < 2; | ",
                "(0 < indices) < 2; | ",
                "0 < (indices < 2); | ",
                "indices % 2 * 3; | W0107",
                "indices % 2 / 3 * 4; | W0107",
                "(indices % 2) * 3; | ",
                "indices % (2 * 3); | ",
                "indices * 2 % 3; | ",
                "indices % 2 % 3; | ",
                "2^3^2; | W0108",
                "2^3^2^2; | W0108",
                "(2^3)^2; | ",
                "2^(3^2); | ",
                "-2^2; | W0109",
                "-(2)^2; | W0109",
                "(-2)^2; | ",
                "-(2^2); | ",
                "2^-2; | ",
                "2 -2^2; | ",
            })
    void warnsWherePrecedenceSurprises(String text, String code) {
        var result = RaspParser.parse(SourceFile.of("test.rasp", text));
        assertThat(result.orThrow().items()).hasSize(1);
        assertThat(codes(text)).isEqualTo(code == null ? List.of() : List.of(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 < indices < 2; | (0 < indices) < 2 | 0 < indices and indices < 2",
                "indices % 2 * 3 / 4; | indices % (2 * 3 / 4) | (indices % 2) * 3 / 4",
                "2^3^2; | (2^3)^2 | 2^(3^2)",
                "-2^2; | (-2)^2 | -(2^2)",
            })
    void whatTheWarningSaysOfTheMeaningIsTrueAndItsWayOutIsSilent(String text, String meaning, String wayOut) {
        Diagnostic warning =
                RaspParser.parse(SourceFile.of("test.rasp", text)).diagnostics().get(0);
        assertThat(warning.message()).endsWith("this is " + meaning);
        assertThat(warning.help().orElse("")).startsWith("write " + wayOut + " if that is meant");
        assertThat(tree(meaning + ";")).isEqualTo(tree(text));
        assertThat(tree(wayOut + ";")).isNotEqualTo(tree(text));
        assertThat(codes(wayOut + ";")).isEmpty();
    }

    private static String tree(String text) {
        return AstPrinter.print(
                RaspParser.parse(SourceFile.of("test.rasp", text)).orThrow());
    }

    @Test
    void reportsAllErrorsOfAFileAndKeepsWhatIsRight() {
        var partial = RaspParser.parseLeniently(SourceFile.of("test.rasp", """
                a = 1;
                b = = 2;
                c = 3
                d = 4;
                def f(x) { y = ; return x }
                e = (5;
                #@ nonsense
                g = "6;
                h = 7;
                """));
        assertThat(partial.diagnostics().stream()
                        .map(each -> each.span().orElseThrow().line()))
                .containsExactly(2, 3, 5, 5, 6, 7, 8);
        assertThat(partial.script().items().stream().map(each -> each.span().line()))
                .containsExactly(1, 4, 9);
    }

    @ParameterizedTest
    @ValueSource(strings = {".5;", "$x = 3;", "! x;", "3 $ + 4;", "x = 3 $;", "x = .5;", "y = 1; $x = 3;"})
    void aStatementWithAStrayCharacterIsNotRun(String text) {
        var partial = RaspParser.parseLeniently(SourceFile.of("test.rasp", text));
        assertThat(partial.hasErrors()).isTrue();
        assertThat(partial.script().items()).allMatch(item -> item.span().text().equals("y = 1;"));
    }

    @Test
    void aStrayCharacterOnALineOfItsOwnSpoilsNoStatement() {
        var partial = RaspParser.parseLeniently(SourceFile.of("test.rasp", "$\nx = 3;"));
        assertThat(partial.script().items()).hasSize(1);
    }
}
