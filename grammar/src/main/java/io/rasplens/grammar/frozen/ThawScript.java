package io.rasplens.grammar.frozen;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.ast.BinaryOperator;
import io.rasplens.grammar.ast.Binding;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Parameter;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.ast.UnaryOperator;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** Reads a tree that {@link FreezeScript} wrote. */
public final class ThawScript {
    private static final BinaryOperator[] BINARY = BinaryOperator.values();
    private static final UnaryOperator[] UNARY = UnaryOperator.values();

    private final String frozen;
    private final SourceFile source;
    private int at;

    private ThawScript(String frozen, SourceFile source) {
        this.frozen = frozen;
        this.source = source;
    }

    /** The tree of a text; empty if it was frozen from another text. */
    public static Optional<Script> thaw(String frozen, SourceFile source) {
        var thawing = new ThawScript(frozen, source);
        boolean same = thawing.number() == source.text().length()
                && thawing.number() == source.text().hashCode();
        if (!same) {
            return Optional.empty();
        }
        ImmutableList.Builder<Item> items = ImmutableList.builder();
        for (int count = thawing.number(); count > 0; count--) {
            items.add(thawing.statement());
        }
        return Optional.of(new Script(source, items.build()));
    }

    private char letter() {
        while (frozen.charAt(at) <= ' ') {
            at++;
        }
        return frozen.charAt(at++);
    }

    private int number() {
        char first = letter();
        boolean negative = first == '-';
        int value = negative ? 0 : first - '0';
        while (frozen.charAt(at) > ' ') {
            value = value * 10 + (frozen.charAt(at++) - '0');
        }
        return negative ? -value : value;
    }

    private String word() {
        int start = at;
        letter();
        while (frozen.charAt(at) > ' ') {
            at++;
        }
        return frozen.substring(start, at).strip();
    }

    private BinaryOperator binaryOperator() {
        String symbol = word();
        for (BinaryOperator operator : BINARY) {
            if (operator.symbol().equals(symbol)) {
                return operator;
            }
        }
        throw new IllegalArgumentException("no operator is written " + symbol);
    }

    private UnaryOperator unaryOperator() {
        String symbol = word();
        for (UnaryOperator operator : UNARY) {
            if (operator.symbol().equals(symbol)) {
                return operator;
            }
        }
        throw new IllegalArgumentException("no operator is written " + symbol);
    }

    private Span span() {
        int start = number();
        return new Span(source, start, start + number());
    }

    private Statement statement() {
        char letter = letter();
        Span span = span();
        return switch (letter) {
            case Letter.ASSIGNMENT -> new Statement.Assignment(bindings(), expressions(), span);
            case Letter.FUNCTION -> function(span);
            case Letter.LOOP -> new Statement.ForLoop(bindings(), expression(), statements(), span);
            case Letter.EXPRESSION -> new Statement.ExpressionStatement(expression(), span);
            default -> throw unknown(letter);
        };
    }

    private Statement function(Span span) {
        Span name = span();
        ImmutableList.Builder<Parameter> parameters = ImmutableList.builder();
        for (int count = number(); count > 0; count--) {
            Span parameter = span();
            parameters.add(new Parameter(parameter.text(), parameter));
        }
        return new Statement.FunctionDefinition(
                name.text(), name, parameters.build(), statements(), expressions(), span);
    }

    private ImmutableList<Binding> bindings() {
        ImmutableList.Builder<Binding> bindings = ImmutableList.builder();
        for (int count = number(); count > 0; count--) {
            Span name = span();
            bindings.add(new Binding(name.text(), name));
        }
        return bindings.build();
    }

    private ImmutableList<Statement> statements() {
        ImmutableList.Builder<Statement> statements = ImmutableList.builder();
        for (int count = number(); count > 0; count--) {
            statements.add(statement());
        }
        return statements.build();
    }

    private ImmutableList<Expr> expressions() {
        ImmutableList.Builder<Expr> expressions = ImmutableList.builder();
        for (int count = number(); count > 0; count--) {
            expressions.add(expression());
        }
        return expressions.build();
    }

    private Expr.DictEntry entry() {
        return new Expr.DictEntry(expression(), expression());
    }

    // Arguments are evaluated from left to right, so the parts are read in the order in which they were written.
    private Expr expression() {
        char letter = letter();
        Span span = span();
        return switch (letter) {
            case Letter.NAME -> new Expr.Name(span.text(), span);
            case Letter.LITERAL -> new Expr.Literal(literal(span.text()), span);
            case Letter.UNARY -> new Expr.UnaryExpr(unaryOperator(), expression(), span);
            case Letter.BINARY -> binary(span);
            case Letter.CONDITIONAL -> new Expr.ConditionalExpr(expression(), expression(), expression(), span);
            case Letter.INDEX -> new Expr.IndexExpr(expression(), expression(), span);
            case Letter.CALL -> new Expr.Call(expression(), expressions(), span);
            case Letter.SELECT -> select(span);
            case Letter.AGGREGATE -> new Expr.AggregateExpr(expression(), expression(), optional(expressions()), span);
            case Letter.LIST -> new Expr.ListDisplay(expressions(), span);
            case Letter.DICT -> dict(span);
            case Letter.LIST_COMPREHENSION -> new Expr.ListComprehension(expression(), bindings(), expression(), span);
            case Letter.DICT_COMPREHENSION -> new Expr.DictComprehension(entry(), bindings(), expression(), span);
            case Letter.RANGE -> new Expr.Range(expressions(), span);
            case Letter.ZIP -> new Expr.Zip(expressions(), span);
            case Letter.LEN -> new Expr.Len(expression(), span);
            default -> throw unknown(letter);
        };
    }

    private Expr binary(Span span) {
        BinaryOperator operator = binaryOperator();
        Span operatorSpan = span();
        return new Expr.BinaryExpr(operator, expression(), expression(), operatorSpan, span);
    }

    private Expr select(Span span) {
        BinaryOperator operator = binaryOperator();
        Span operatorSpan = span();
        return new Expr.SelectExpr(expression(), expression(), operator, operatorSpan, span);
    }

    private Expr dict(Span span) {
        ImmutableList.Builder<Expr.DictEntry> entries = ImmutableList.builder();
        for (int count = number(); count > 0; count--) {
            entries.add(entry());
        }
        return new Expr.DictDisplay(entries.build(), span);
    }

    private static Optional<Expr> optional(List<Expr> expressions) {
        return expressions.isEmpty() ? Optional.empty() : Optional.of(expressions.get(0));
    }

    private static Value literal(String text) {
        if (text.charAt(0) == '"') {
            return Value.of(text.substring(1, text.length() - 1));
        }
        return text.indexOf('.') >= 0 ? Value.of(Double.parseDouble(text)) : IntValue.of(new BigInteger(text));
    }

    private static IllegalArgumentException unknown(char letter) {
        return new IllegalArgumentException("no kind of node has the letter " + letter);
    }
}
