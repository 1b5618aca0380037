package io.rasplens.grammar.frozen;

import io.rasplens.grammar.ast.BinaryOperator;
import io.rasplens.grammar.ast.Binding;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.ast.Item;
import io.rasplens.grammar.ast.Parameter;
import io.rasplens.grammar.ast.Script;
import io.rasplens.grammar.ast.Statement;
import io.rasplens.grammar.source.SourceFile;
import io.rasplens.grammar.source.Span;
import java.util.List;

/** Writes a tree as data. */
public final class FreezeScript {
    private final StringBuilder out = new StringBuilder();

    private FreezeScript() {}

    /**
     * The tree as data, one item of the file a line.
     *
     * @throws IllegalArgumentException if it holds what no library holds: a directive, a load, a drawing, or a command
     */
    public static String freeze(Script script) {
        var freezing = new FreezeScript();
        SourceFile source = script.source();
        freezing.number(source.text().length()).number(source.text().hashCode());
        freezing.number(script.items().size());
        for (Item item : script.items()) {
            freezing.out.append('\n');
            freezing.item(item);
        }
        return freezing.out.append('\n').toString();
    }

    private FreezeScript number(int value) {
        out.append(value).append(' ');
        return this;
    }

    private FreezeScript word(String word) {
        out.append(word).append(' ');
        return this;
    }

    private FreezeScript span(Span span) {
        return number(span.start()).number(span.end() - span.start());
    }

    private FreezeScript node(char letter, Span span) {
        out.append(letter).append(' ');
        return span(span);
    }

    private void item(Item item) {
        if (item instanceof Statement.Assignment it) {
            node(Letter.ASSIGNMENT, it.span()).bindings(it.targets()).expressions(it.values());
        } else if (item instanceof Statement.FunctionDefinition it) {
            node(Letter.FUNCTION, it.span())
                    .name(it.name(), it.nameSpan())
                    .number(it.parameters().size());
            for (Parameter parameter : it.parameters()) {
                name(parameter.name(), parameter.span());
            }
            statements(it.body()).expressions(it.results());
        } else if (item instanceof Statement.ForLoop it) {
            node(Letter.LOOP, it.span()).bindings(it.variables());
            expression(it.iterable()).statements(it.body());
        } else if (item instanceof Statement.ExpressionStatement it) {
            node(Letter.EXPRESSION, it.span()).expression(it.expression());
        } else {
            throw new IllegalArgumentException("a library can't hold this: " + item.span());
        }
    }

    private FreezeScript name(String name, Span span) {
        if (!name.equals(span.text())) {
            throw new IllegalArgumentException("the name " + name + " does not stand at " + span);
        }
        return span(span);
    }

    private FreezeScript bindings(List<Binding> bindings) {
        number(bindings.size());
        for (Binding binding : bindings) {
            name(binding.name(), binding.span());
        }
        return this;
    }

    private FreezeScript statements(List<Statement> statements) {
        number(statements.size());
        statements.forEach(this::item);
        return this;
    }

    private FreezeScript expressions(List<Expr> expressions) {
        number(expressions.size());
        expressions.forEach(this::expression);
        return this;
    }

    private FreezeScript entry(Expr.DictEntry entry) {
        return expression(entry.key()).expression(entry.value());
    }

    private FreezeScript operator(BinaryOperator operator, Span span) {
        return word(operator.symbol()).span(span);
    }

    private FreezeScript expression(Expr expression) {
        if (expression instanceof Expr.Name it) {
            node(Letter.NAME, it.span());
        } else if (expression instanceof Expr.Literal it) {
            node(Letter.LITERAL, it.span());
        } else if (expression instanceof Expr.UnaryExpr it) {
            node(Letter.UNARY, it.span()).word(it.operator().symbol()).expression(it.operand());
        } else if (expression instanceof Expr.BinaryExpr it) {
            node(Letter.BINARY, it.span()).operator(it.operator(), it.operatorSpan());
            expression(it.left()).expression(it.right());
        } else if (expression instanceof Expr.ConditionalExpr it) {
            node(Letter.CONDITIONAL, it.span()).expression(it.whenTrue());
            expression(it.condition()).expression(it.whenFalse());
        } else if (expression instanceof Expr.IndexExpr it) {
            node(Letter.INDEX, it.span()).expression(it.target()).expression(it.index());
        } else if (expression instanceof Expr.Call it) {
            node(Letter.CALL, it.span()).expression(it.function()).expressions(it.arguments());
        } else if (expression instanceof Expr.SelectExpr it) {
            node(Letter.SELECT, it.span()).operator(it.operator(), it.operatorSpan());
            expression(it.key()).expression(it.query());
        } else if (expression instanceof Expr.AggregateExpr it) {
            node(Letter.AGGREGATE, it.span()).expression(it.selector()).expression(it.sequence());
            expressions(it.fallback().stream().toList());
        } else {
            container(expression);
        }
        return this;
    }

    private void container(Expr expression) {
        if (expression instanceof Expr.ListDisplay it) {
            node(Letter.LIST, it.span()).expressions(it.elements());
        } else if (expression instanceof Expr.DictDisplay it) {
            node(Letter.DICT, it.span()).number(it.entries().size());
            it.entries().forEach(this::entry);
        } else if (expression instanceof Expr.ListComprehension it) {
            node(Letter.LIST_COMPREHENSION, it.span()).expression(it.element());
            bindings(it.variables()).expression(it.iterable());
        } else if (expression instanceof Expr.DictComprehension it) {
            node(Letter.DICT_COMPREHENSION, it.span()).entry(it.entry());
            bindings(it.variables()).expression(it.iterable());
        } else if (expression instanceof Expr.Range it) {
            node(Letter.RANGE, it.span()).expressions(it.arguments());
        } else if (expression instanceof Expr.Zip it) {
            node(Letter.ZIP, it.span()).expressions(it.lists());
        } else if (expression instanceof Expr.Len it) {
            node(Letter.LEN, it.span()).expression(it.list());
        } else {
            throw new IllegalArgumentException(
                    "no letter for " + expression.getClass().getName());
        }
    }
}
