package io.rasplens.grammar.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.grammar.Golden;
import io.rasplens.grammar.ast.AstPrinter;
import io.rasplens.grammar.source.SourceFile;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FormatterTest {
    private static String format(String text) {
        return Formatter.format(SourceFile.of("test.rasp", text)).orThrow();
    }

    private static String tree(String text) {
        return AstPrinter.print(
                RaspParser.parse(SourceFile.of("test.rasp", text)).orThrow());
    }

    private static long comments(String text) {
        return text.chars().filter(c -> c == '#').count();
    }

    @Test
    void writesOneStyle() {
        Golden.check("format.out", format(Golden.read("format.in")));
    }

    @Test
    void changesNothingTheSecondTime() {
        for (String name : List.of("format.in", "ast/statements.rasp", "ast/expressions.rasp")) {
            String once = format(Golden.read(name));
            assertThat(format(once)).isEqualTo(once);
            assertThat(tree(once)).isEqualTo(tree(Golden.read(name)));
            assertThat(comments(once)).isEqualTo(comments(Golden.read(name)));
        }
    }

    @Test
    void leavesNoWarningBehind() {
        String text = format(Golden.read("format.in"));
        assertThat(RaspParser.parse(SourceFile.of("test", text)).diagnostics()).isEmpty();
    }

    @Test
    void handlesEmptyAndOddTexts() {
        assertThat(format("")).isEmpty();
        assertThat(format("\n\n")).isEmpty();
        assertThat(format("# only\r\n\r\n\r\n# comments")).isEqualTo("# only\n\n# comments\n");
        assertThat(format("x;\r\ny;")).isEqualTo("x;\ny;\n");
        assertThat(Formatter.format(SourceFile.of("test", "x = ;")).diagnostics())
                .hasSize(1);
        String chain = "x = a" + " in a".repeat(ParseLimits.CHAIN) + ";";
        assertThat(tree(format(chain))).isEqualTo(tree(chain));
        String nested = "x = " + "-(".repeat(200) + "1" + ")".repeat(200) + ";";
        assertThat(tree(format(nested))).isEqualTo(tree(nested));
    }

    @Test
    void breaksOutermostFirst() {
        String list = "[\"" + "a".repeat(70) + "\"]";
        assertThat(format("x = (a if b else c) if d else " + list + "[tokens] + 1;"))
                .isEqualTo(String.format(Locale.ROOT, """
                x = (a if b else c)
                    if d
                    else %s[tokens] + 1;
                """, list));
        assertThat(format("wanted = {token: (partner_of[token] if token in closing else \"none\") "
                        + "for token in opening + closing}[tokens];"))
                .isEqualTo("""
                        wanted = {
                            token: (partner_of[token] if token in closing else "none")
                            for token in opening + closing
                        }[tokens];
                        """);
    }

    /** Random expressions, written with brackets everywhere, keep their trees. */
    @Test
    void keepsTheMeaningOfRandomExpressions() {
        for (int seed = 0; seed < 1000; seed++) {
            String text = "x = " + expression(new Random(seed), 4) + "; # end\n";
            String once = format(text);
            assertThat(tree(once)).as("seed %s", seed).isEqualTo(tree(text));
            assertThat(format(once)).as("seed %s", seed).isEqualTo(once);
            assertThat(once.lines()).as("seed %s: %s", seed, once).hasSizeLessThan(40);
        }
    }

    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return List.of("a", "tokens", "1", "2.50", "\"s\"", "select", "[]", "{}")
                    .get(random.nextInt(8));
        }
        String a = bracketed(random, depth - 1);
        String b = bracketed(random, depth - 1);
        String c = bracketed(random, depth - 1);
        List<String> operators = List.of("^", "*", "/", "%", "+", "-", "==", "<=", ">=", "<", ">", "and", "or", "in");
        return switch (random.nextInt(12)) {
            case 0 -> "not " + a;
            case 1 -> "-" + a;
            case 2 -> "round(" + a + ")";
            case 3 -> a + " if " + b + " else " + c;
            case 4 -> a + "[" + b + "]";
            case 5 -> a + "(" + b + ", " + c + ")";
            case 6 -> "[" + a + " for x, y in " + b + "]";
            case 7 -> "{" + a + ": " + b + "}";
            default -> a + " " + operators.get(random.nextInt(operators.size())) + " " + b;
        };
    }

    private static String bracketed(Random random, int depth) {
        return "(" + expression(random, depth) + ")";
    }
}
