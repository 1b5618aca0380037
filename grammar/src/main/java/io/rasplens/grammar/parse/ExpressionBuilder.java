package io.rasplens.grammar.parse;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.rasplens.grammar.ast.BinaryOperator;
import io.rasplens.grammar.ast.Binding;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.ast.UnaryOperator;
import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.parse.antlr.RaspParser.AggregateContext;
import io.rasplens.grammar.parse.antlr.RaspParser.BinaryContext;
import io.rasplens.grammar.parse.antlr.RaspParser.BracketsContext;
import io.rasplens.grammar.parse.antlr.RaspParser.CallContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ConditionalContext;
import io.rasplens.grammar.parse.antlr.RaspParser.DictContext;
import io.rasplens.grammar.parse.antlr.RaspParser.EntryContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ExprContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ExprsContext;
import io.rasplens.grammar.parse.antlr.RaspParser.FloatLiteralContext;
import io.rasplens.grammar.parse.antlr.RaspParser.IndexContext;
import io.rasplens.grammar.parse.antlr.RaspParser.IntLiteralContext;
import io.rasplens.grammar.parse.antlr.RaspParser.LenContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ListContext;
import io.rasplens.grammar.parse.antlr.RaspParser.NameContext;
import io.rasplens.grammar.parse.antlr.RaspParser.NamesContext;
import io.rasplens.grammar.parse.antlr.RaspParser.RangeContext;
import io.rasplens.grammar.parse.antlr.RaspParser.SelectContext;
import io.rasplens.grammar.parse.antlr.RaspParser.StringLiteralContext;
import io.rasplens.grammar.parse.antlr.RaspParser.UnaryContext;
import io.rasplens.grammar.parse.antlr.RaspParser.UnaryFormContext;
import io.rasplens.grammar.parse.antlr.RaspParser.ZipContext;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Parse trees of expressions to syntax trees. Left-to-right chains are built in a loop, so only real nesting recurses. */
final class ExpressionBuilder {
    private static final ImmutableMap<String, BinaryOperator> BINARY =
            Maps.uniqueIndex(Arrays.asList(BinaryOperator.values()), BinaryOperator::symbol);
    private static final ImmutableMap<String, UnaryOperator> UNARY =
            Maps.uniqueIndex(Arrays.asList(UnaryOperator.values()), UnaryOperator::symbol);

    private final Offsets offsets;
    private final Literals literals;
    private final List<Diagnostic> diagnostics;
    private final PrecedenceWarnings warnings;

    ExpressionBuilder(Offsets offsets, List<Diagnostic> diagnostics) {
        this.offsets = offsets;
        this.diagnostics = diagnostics;
        this.literals = new Literals(offsets, diagnostics);
        this.warnings = new PrecedenceWarnings(offsets, diagnostics);
    }

    Expr build(ExprContext context) {
        Deque<ExprContext> chain = new ArrayDeque<>();
        ExprContext current = context;
        ExprContext left = leftOf(current);
        while (left != null) {
            if (!(current instanceof BracketsContext)) {
                chain.push(current);
            }
            current = left;
            left = leftOf(current);
        }
        Expr result = primary(current);
        while (!chain.isEmpty()) {
            result = extend(result, chain.pop());
        }
        return result;
    }

    ImmutableList<Expr> build(@Nullable ExprsContext context) {
        return context == null ? ImmutableList.of() : build(context.expr());
    }

    ImmutableList<Binding> bindings(NamesContext names) {
        return names.NAME().stream()
                .map(name -> new Binding(name.getText(), offsets.of(name.getSymbol())))
                .collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<Expr> build(List<ExprContext> contexts) {
        var list = ImmutableList.<Expr>builder();
        contexts.forEach(each -> list.add(build(each)));
        return list.build();
    }

    /** The part of an expression that stands first in it and is an expression itself; null where there is none. */
    private static @Nullable ExprContext leftOf(ExprContext context) {
        if (context instanceof BracketsContext brackets) {
            return brackets.expr();
        } else if (context instanceof BinaryContext binary) {
            return binary.left;
        } else if (context instanceof ConditionalContext conditional) {
            return conditional.whenTrue;
        } else if (context instanceof IndexContext index) {
            return index.target;
        } else if (context instanceof CallContext call) {
            return call.function;
        }
        return null;
    }

    private Expr extend(Expr left, ExprContext context) {
        Span span = offsets.of(context);
        if (context instanceof BinaryContext binary) {
            warnings.check(binary);
            return new Expr.BinaryExpr(operator(binary.op), left, build(binary.right), offsets.of(binary.op), span);
        } else if (context instanceof ConditionalContext conditional) {
            warnings.check(conditional);
            return new Expr.ConditionalExpr(left, build(conditional.condition), build(conditional.whenFalse), span);
        } else if (context instanceof IndexContext index) {
            return new Expr.IndexExpr(left, build(index.index), span);
        } else if (context instanceof CallContext call) {
            return new Expr.Call(left, build(call.exprs()), span);
        }
        throw new IllegalStateException("not a left-recursive form: " + context.getClass());
    }

    private Expr primary(ExprContext context) {
        Span span = offsets.of(context);
        if (context instanceof NameContext) {
            return new Expr.Name(context.getText(), span);
        } else if (context instanceof IntLiteralContext literal) {
            return new Expr.Literal(literals.integer(literal.INT(), false), span);
        } else if (context instanceof FloatLiteralContext literal) {
            return new Expr.Literal(literals.floating(literal.FLOAT(), false), span);
        } else if (context instanceof StringLiteralContext literal) {
            return new Expr.Literal(Value.of(Literals.string(literal.STRING())), span);
        } else if (context instanceof ListContext list) {
            return list(list, span);
        } else if (context instanceof DictContext dict) {
            return dict(dict, span);
        } else if (context instanceof SelectContext select) {
            Token operator = select.selectOperator().getStart();
            return new Expr.SelectExpr(
                    build(select.key), build(select.query), operator(operator), offsets.of(operator), span);
        } else if (context instanceof AggregateContext aggregate) {
            Optional<Expr> fallback = Optional.ofNullable(aggregate.fallback).map(this::build);
            return new Expr.AggregateExpr(build(aggregate.sel), build(aggregate.seq), fallback, span);
        } else if (context instanceof RangeContext range) {
            return new Expr.Range(build(range.exprs()), span);
        } else if (context instanceof ZipContext zip) {
            return new Expr.Zip(build(zip.exprs()), span);
        } else if (context instanceof LenContext len) {
            return new Expr.Len(build(len.expr()), span);
        } else if (context instanceof UnaryFormContext form) {
            return new Expr.UnaryExpr(unary(form.op), build(form.expr()), span);
        } else if (context instanceof UnaryContext unary) {
            return new Expr.UnaryExpr(unary(unary.op), build(unary.expr()), span);
        }
        throw new IllegalStateException("unknown expression: " + context.getClass());
    }

    private Expr list(ListContext list, Span span) {
        var comprehension = list.comprehension();
        return comprehension == null
                ? new Expr.ListDisplay(build(list.expr()), span)
                : new Expr.ListComprehension(
                        build(list.expr(0)), bindings(comprehension.names()), build(comprehension.expr()), span);
    }

    private Expr dict(DictContext dict, Span span) {
        var comprehension = dict.comprehension();
        if (comprehension != null) {
            return new Expr.DictComprehension(
                    entry(dict.entry(0)), bindings(comprehension.names()), build(comprehension.expr()), span);
        }
        var entries = ImmutableList.<Expr.DictEntry>builder();
        dict.entry().forEach(each -> entries.add(entry(each)));
        return new Expr.DictDisplay(entries.build(), span);
    }

    private Expr.DictEntry entry(EntryContext entry) {
        return new Expr.DictEntry(build(entry.key), build(entry.value));
    }

    private static BinaryOperator operator(Token token) {
        BinaryOperator operator = BINARY.get(token.getText());
        if (operator == null) {
            throw new IllegalStateException("not a binary operator: " + token.getText());
        }
        return operator;
    }

    private static UnaryOperator unary(Token token) {
        UnaryOperator operator = UNARY.get(token.getText());
        if (operator == null) {
            throw new IllegalStateException("not a unary operator: " + token.getText());
        }
        return operator;
    }

    /** Reads an atom of a directive or of an input; empty, and reported, where it is a name other than True and False. */
    Optional<Value> atom(io.rasplens.grammar.parse.antlr.RaspParser.AtomContext atom, SyntaxCode code) {
        return literals.atom(atom, code);
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    static String text(TerminalNode node) {
        return Literals.string(node);
    }
}
