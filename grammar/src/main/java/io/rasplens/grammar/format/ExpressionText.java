package io.rasplens.grammar.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.rasplens.grammar.ast.Binding;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.ast.LeftSpine;
import io.rasplens.grammar.ast.UnaryOperator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Syntax trees of expressions back to text. Literals are taken over as they stand in the source. */
public final class ExpressionText {
    /** In longer chains, brackets for readers are left out: so many of them would help nobody and break the nesting limit. */
    private static final int READABLE_CHAIN = 50;

    private final boolean forReaders;

    private ExpressionText(boolean forReaders) {
        this.forReaders = forReaders;
    }

    /** The expression on one line. */
    public static String of(Expr expression) {
        return Doc.layOut(doc(expression, true), 0, Integer.MAX_VALUE);
    }

    /**
     * The expression with its possible line breaks.
     *
     * @param forReaders whether brackets also stand where RASP's grouping surprises, and not only where the meaning needs them
     */
    public static Doc doc(Expr expression, boolean forReaders) {
        return new ExpressionText(forReaders).build(expression);
    }

    private Doc build(Expr expression) {
        LeftSpine spine = LeftSpine.of(expression);
        ImmutableList<Expr> links = spine.links();
        if (links.isEmpty()) {
            return primary(expression);
        }
        boolean readable = forReaders && links.size() <= READABLE_CHAIN;
        var stretches = new ArrayDeque<Stretch>();
        stretches.push(new Stretch(false));
        for (int i = links.size() - 1; i >= 0; i--) {
            Expr left = i == 0 ? spine.base() : links.get(i - 1);
            stretches.getFirst().links().add(link(links.get(i)));
            boolean brackets =
                    Precedence.leftNeeds(links.get(i), left) || (readable && Precedence.leftWants(links.get(i), left));
            if (brackets || (i > 0 && Precedence.of(left) != Precedence.of(links.get(i)))) {
                stretches.push(new Stretch(brackets));
            }
        }
        Doc chain = primary(spine.base());
        while (!stretches.isEmpty()) {
            Stretch stretch = stretches.pop();
            chain = new Doc.Group(Doc.concat(chain, Doc.concat(Lists.reverse(stretch.links()))));
            if (stretch.bracketed()) {
                chain = Doc.concat(Doc.text("("), chain, Doc.text(")"));
            }
        }
        return chain;
    }

    /**
     * Links of one strength, which break their lines together, outermost first.
     *
     * @param bracketed whether brackets stand around them and what they hang on
     */
    private record Stretch(List<Doc> links, boolean bracketed) {
        Stretch(boolean bracketed) {
            this(new ArrayList<>(), bracketed);
        }
    }

    /** What a link of a chain adds behind its left part. */
    private Doc link(Expr link) {
        if (link instanceof Expr.BinaryExpr binary) {
            boolean brackets = Precedence.rightGets(binary.operator(), binary.right());
            return new Doc.Indent(Doc.concat(
                    new Doc.Break(true),
                    Doc.text(binary.operator().symbol() + " "),
                    brackets(brackets, binary.right())));
        } else if (link instanceof Expr.ConditionalExpr conditional) {
            return new Doc.Indent(Doc.concat(
                    new Doc.Break(true),
                    Doc.text("if "),
                    brackets(conditional.condition() instanceof Expr.ConditionalExpr, conditional.condition()),
                    new Doc.Break(true),
                    Doc.text("else "),
                    brackets(Precedence.of(conditional.whenFalse()) <= Precedence.of(link), conditional.whenFalse())));
        } else if (link instanceof Expr.IndexExpr index) {
            Doc inside = build(index.index());
            return inside instanceof Doc.Text
                    ? Doc.concat(Doc.text("["), inside, Doc.text("]"))
                    : Doc.enclosed("[", List.of(inside), "]");
        }
        return Doc.enclosed("(", all(((Expr.Call) link).arguments()), ")");
    }

    private Doc primary(Expr expression) {
        if (expression instanceof Expr.Name e) {
            return Doc.text(e.name());
        } else if (expression instanceof Expr.Literal e) {
            return Doc.text(e.span().text());
        } else if (expression instanceof Expr.ListDisplay e) {
            return Doc.enclosed("[", all(e.elements()), "]");
        } else if (expression instanceof Expr.DictDisplay e) {
            return Doc.enclosed("{", e.entries().stream().map(this::entry).toList(), "}");
        } else if (expression instanceof Expr.ListComprehension e) {
            return comprehension("[", part(e.element()), e.variables(), e.iterable(), "]");
        } else if (expression instanceof Expr.DictComprehension e) {
            return comprehension(
                    "{",
                    Doc.concat(
                            build(e.entry().key()),
                            Doc.text(": "),
                            part(e.entry().value())),
                    e.variables(),
                    e.iterable(),
                    "}");
        } else if (expression instanceof Expr.UnaryExpr e) {
            return unary(e);
        } else if (expression instanceof Expr.Range e) {
            return Doc.enclosed("range(", all(e.arguments()), ")");
        } else if (expression instanceof Expr.Zip e) {
            return Doc.enclosed("zip(", all(e.lists()), ")");
        } else if (expression instanceof Expr.Len e) {
            return Doc.enclosed("len(", List.of(build(e.list())), ")");
        } else if (expression instanceof Expr.SelectExpr e) {
            var parts = List.of(
                    build(e.key()), build(e.query()), Doc.text(e.operator().symbol()));
            return Doc.enclosed("select(", parts, ")");
        } else if (expression instanceof Expr.AggregateExpr e) {
            var parts = new ArrayList<Doc>(List.of(build(e.selector()), build(e.sequence())));
            e.fallback().ifPresent(fallback -> parts.add(build(fallback)));
            return Doc.enclosed("aggregate(", parts, ")");
        }
        throw new IllegalStateException("not a primary: " + expression.getClass());
    }

    private Doc unary(Expr.UnaryExpr unary) {
        String symbol = unary.operator().symbol();
        if (Precedence.isForm(unary.operator())) {
            return Doc.enclosed(symbol + "(", List.of(build(unary.operand())), ")");
        }
        boolean brackets = Precedence.operandGets(unary.operator(), unary.operand());
        return Doc.concat(
                Doc.text(unary.operator() == UnaryOperator.NOT ? symbol + " " : symbol),
                brackets(brackets, unary.operand()));
    }

    private Doc entry(Expr.DictEntry entry) {
        return Doc.concat(build(entry.key()), Doc.text(": "), build(entry.value()));
    }

    private Doc comprehension(String open, Doc element, ImmutableList<Binding> variables, Expr iterable, String close) {
        String names = variables.stream().map(Binding::name).collect(Collectors.joining(", "));
        return Doc.enclosed(
                open,
                List.of(Doc.concat(element, new Doc.Break(true), Doc.text("for " + names + " in "), build(iterable))),
                close);
    }

    /** What a comprehension repeats: a reader should not have to look for where its {@code else} ends. */
    private Doc part(Expr element) {
        return brackets(forReaders && element instanceof Expr.ConditionalExpr, element);
    }

    private Doc brackets(boolean wanted, Expr expression) {
        return wanted ? Doc.enclosed("(", List.of(build(expression)), ")") : build(expression);
    }

    private ImmutableList<Doc> all(List<Expr> expressions) {
        return expressions.stream().map(this::build).collect(ImmutableList.toImmutableList());
    }
}
