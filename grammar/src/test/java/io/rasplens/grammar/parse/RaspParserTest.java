package io.rasplens.grammar.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.Directive;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.LeftSpine;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RaspParserTest {

    private static Script parse(String text) {
        return RaspParser.parse(SourceFile.of("test.rasp", text)).orThrow();
    }

    /** The expression with every operation in brackets. */
    private static String shape(String expression) {
        return Shape.of(
                RaspParser.parseExpression(SourceFile.of("test", expression)).orThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2^3^2 | ((2 ^ 3) ^ 2)",
                "-2^2 | ((-2) ^ 2)",
                "2^-1 | (2 ^ (-1))",
                "not a == b | ((not a) == b)",
                "a % b * c | (a % (b * c))",
                "a + b % c | (a + (b % c))",
                "1 < 2 == True | ((1 < 2) == True)",
                "a or b and c | ((a or b) and c)",
                "a and b or c | ((a and b) or c)",
                "a if c else b if d else e | ((a if c else b) if d else e)",
                "a if c else (b if d else e) | (a if c else (b if d else e))",
                "a in b and c | (a in (b and c))",
                "x + y in pairs | ((x + y) in pairs)",
                "a in b in c | ((a in b) in c)",
                "1 if 1 in [1] else 0 | (1 if (1 in [1]) else 0)",
                "a if c else b in d | ((a if c else b) in d)",
                "range(3)[1] | range(3)[1]",
                "`abc`[0] | 'abc'[0]",
                "-x[0](1) | (-x[0](1))",
                "round(x)^2 | ((roundx) ^ 2)",
                "s-op | error",
                "s - op | (s - op)",
                "select(a,b,!=) | select(a, b, !=)",
                "select | select",
                "select (a, b, <) | select(a, b, <)",
                "[x for x, y in zip(a, b)] | [x for x y in zip(a, b)]",
                "{k: 1 for k in d} | {k: 1 for k in d}",
                "{} | {}",
                "{1: 2, a: b} | {1: 2, a: b}",
                "(f)(x, y) | f(x, y)",
            })
    void groupsExpressionsAsRaspDoes(String expression, String expected) {
        String text = expression.replace('`', '"');
        if (expected.equals("error")) {
            assertThat(RaspParser.parseExpression(SourceFile.of("test", text)).diagnostics())
                    .isNotEmpty();
        } else {
            assertThat(shape(text)).isEqualTo(expected);
        }
    }

    @Test
    void readsEveryStatement() {
        Script script = parse("""
                # a comment
                x; a = 1; a, b = 1, 2;
                def f(p, q) { r = p; return r, q; }
                def g() { return 1; }
                for k, v in d { x = k; y = v; }
                load "lib/path";
                draw(x); draw(x, "ab");
                set example "abc"
                set s-op example [1, 2]  # why
                show selector example
                examples on
                s-op examples off
                full seq display on
                exit()
                quit""");
        assertThat(script.items())
                .extracting(item -> item.getClass().getSimpleName())
                .containsExactly(
                        "ExpressionStatement",
                        "Assignment",
                        "Assignment",
                        "FunctionDefinition",
                        "FunctionDefinition",
                        "ForLoop",
                        "Load",
                        "Draw",
                        "Draw",
                        "SetExample",
                        "SetExample",
                        "ShowExample",
                        "SwitchExamples",
                        "SwitchExamples",
                        "SwitchFullDisplay",
                        "Exit",
                        "Exit");
        var function = (Statement.FunctionDefinition) script.items().get(3);
        assertThat(function.parameters()).extracting("name").containsExactly("p", "q");
        assertThat(function.results()).hasSize(2);
        assertThat(function.body()).hasSize(1);
    }

    @Test
    void readsEveryDirective() {
        ImmutableList<Item> items = parse("""
                #@ output reverse
                #@ vocab ["a", -1, 2.5, True]  # a comment
                #@max_length 10
                #@ causal
                #@ example "a😀"
                x = 1; #@ test "ab" == ["b", +1]
                vocab = output; # no keywords here
                """).items();
        assertThat(((Directive.OutputDirective) items.get(0)).name()).isEqualTo("reverse");
        assertThat(((Directive.VocabDirective) items.get(1)).tokens())
                .containsExactly(Value.of("a"), Value.of(-1), Value.of(2.5), Value.of(true));
        assertThat(((Directive.MaxLengthDirective) items.get(2)).length()).isEqualTo(10);
        assertThat(items.get(3)).isInstanceOf(Directive.CausalDirective.class);
        assertThat(((Directive.ExampleDirective) items.get(4)).input()).containsExactly(Value.of("a"), Value.of("😀"));
        var test = (Directive.TestDirective) items.get(6);
        assertThat(test.input()).containsExactly(Value.of("a"), Value.of("b"));
        assertThat(test.expected()).containsExactly(Value.of("b"), Value.of(1));
        assertThat(items).hasSize(8);
    }

    @Test
    void readsWhatIsToBeKept() {
        ImmutableList<Item> items =
                parse("#@ keep hist, here all\n#@ keep all\nkeep = all;\n").items();
        assertThat(((Directive.KeepDirective) items.get(0)).names())
                .extracting(name -> name.name())
                .containsExactly("hist", "here", "all");
        assertThat(((Directive.KeepDirective) items.get(0)).all()).isFalse();
        assertThat(((Directive.KeepDirective) items.get(1)).all()).isTrue();
        assertThat(items).as("no keyword elsewhere").hasSize(3);
    }

    @Test
    void countsColumnsInCodePointsAndOffsetsInUnits() {
        Script script = parse("x = \"😀\"; y = 1;");
        assertThat(script.items().get(1).span().text()).isEqualTo("y = 1;");
        assertThat(script.items().get(1).span().column()).isEqualTo(10);
    }

    @Test
    void takesLongChains() {
        var chain = (Statement.ExpressionStatement)
                parse("a" + " + a".repeat(ParseLimits.CHAIN) + ";").items().get(0);
        assertThat(LeftSpine.of(chain.expression()).links()).hasSize(ParseLimits.CHAIN);
    }

    @Test
    void tellsUnfinishedTextFromWrongText() {
        for (String text :
                List.of("x = (1", "x = 3", "def f(x) {", "def f(x) { y = 2;", "x = [1,\n", "for", "x = 1; y")) {
            assertThat(RaspParser.parseTyped(SourceFile.of("repl", text)))
                    .as(text)
                    .isInstanceOf(RaspParser.Typed.Incomplete.class);
        }
        for (String text :
                List.of("", "# c", "x;", "set example \"a\"", "exit", "x; y = 2;", "def f() { return 1; }")) {
            assertThat(RaspParser.parseTyped(SourceFile.of("repl", text)))
                    .as(text)
                    .isInstanceOf(RaspParser.Typed.Complete.class);
        }
        for (String text : List.of("x = = 3", "x = \"abc", ")", "x = 3; ;", "1 2", "return 3;", "}")) {
            assertThat(RaspParser.parseTyped(SourceFile.of("repl", text)))
                    .as(text)
                    .isInstanceOf(RaspParser.Typed.Wrong.class);
        }
    }

    @Test
    void readsInputs() {
        assertThat(InputParser.parse("--input", "a😀").orThrow()).containsExactly(Value.of("a"), Value.of("😀"));
        assertThat(InputParser.parse("--input", " [1, -2.5, True, \"ab\"]").orThrow())
                .containsExactly(Value.of(1), Value.of(-2.5), Value.of(true), Value.of("ab"));
        assertThat(InputParser.parse("--input", "[]").orThrow()).isEmpty();
        assertThat(InputParser.parse("--input", "[1, x]").diagnostics()).hasSize(1);
        assertThat(InputParser.parse("--input", "[1, 2").diagnostics()).hasSize(1);
        assertThat(InputParser.parse("--input", "[1] 2").diagnostics()).hasSize(1);
    }

    /** Writes an expression with all its grouping. */
    private static final class Shape {
        static String of(Expr expr) {
            if (expr instanceof Expr.BinaryExpr e) {
                return "(" + of(e.left()) + " " + e.operator().symbol() + " " + of(e.right()) + ")";
            } else if (expr instanceof Expr.UnaryExpr e) {
                String symbol = e.operator().symbol();
                return "(" + symbol + (symbol.equals("not") ? " " : "") + of(e.operand()) + ")";
            } else if (expr instanceof Expr.ConditionalExpr e) {
                return "(" + of(e.whenTrue()) + " if " + of(e.condition()) + " else " + of(e.whenFalse()) + ")";
            } else if (expr instanceof Expr.Name e) {
                return e.name();
            } else if (expr instanceof Expr.Literal e) {
                return e.value().repr();
            } else if (expr instanceof Expr.IndexExpr e) {
                return of(e.target()) + "[" + of(e.index()) + "]";
            } else if (expr instanceof Expr.Call e) {
                return of(e.function()) + "(" + all(e.arguments()) + ")";
            } else if (expr instanceof Expr.ListDisplay e) {
                return "[" + all(e.elements()) + "]";
            } else if (expr instanceof Expr.Range e) {
                return "range(" + all(e.arguments()) + ")";
            } else if (expr instanceof Expr.Zip e) {
                return "zip(" + all(e.lists()) + ")";
            } else if (expr instanceof Expr.SelectExpr e) {
                return "select(" + of(e.key()) + ", " + of(e.query()) + ", "
                        + e.operator().symbol() + ")";
            } else if (expr instanceof Expr.ListComprehension e) {
                return "[" + of(e.element()) + " for " + names(e.variables()) + " in " + of(e.iterable()) + "]";
            } else if (expr instanceof Expr.DictComprehension e) {
                return "{" + entry(e.entry()) + " for " + names(e.variables()) + " in " + of(e.iterable()) + "}";
            } else if (expr instanceof Expr.DictDisplay e) {
                return "{"
                        + String.join(
                                ", ", e.entries().stream().map(Shape::entry).toList()) + "}";
            }
            throw new AssertionError(expr);
        }

        private static String entry(Expr.DictEntry entry) {
            return of(entry.key()) + ": " + of(entry.value());
        }

        private static String names(List<io.rasplens.grammar.ast.Binding> names) {
            return String.join(
                    " ",
                    names.stream().map(io.rasplens.grammar.ast.Binding::name).toList());
        }

        private static String all(List<Expr> list) {
            return String.join(", ", list.stream().map(Shape::of).toList());
        }
    }
}
