package io.rasplens.grammar.ast;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/** An expression. Brackets leave no node: the tree's shape is the grouping, and a bracketed expression's span is its inside. */
public sealed interface Expr extends AstNode {

    /** A name: {@code tokens}, {@code True}, {@code f}. */
    record Name(String name, Span span) implements Expr {}

    /** An int, float or string literal. */
    record Literal(Value value, Span span) implements Expr {}

    /** {@code [a, b]} */
    record ListDisplay(ImmutableList<Expr> elements, Span span) implements Expr {}

    /** {@code {k: v}} */
    record DictDisplay(ImmutableList<DictEntry> entries, Span span) implements Expr {}

    /** One {@code key: value} of a dict. */
    record DictEntry(Expr key, Expr value) {}

    /** {@code [e for x in it]} */
    record ListComprehension(Expr element, ImmutableList<Binding> variables, Expr iterable, Span span)
            implements Expr {}

    /** {@code {k: v for x in it}} */
    record DictComprehension(DictEntry entry, ImmutableList<Binding> variables, Expr iterable, Span span)
            implements Expr {}

    /** {@code not e}, {@code -e}, {@code +e}, {@code round(e)}, {@code indicator(e)} */
    record UnaryExpr(UnaryOperator operator, Expr operand, Span span) implements Expr {}

    /**
     * {@code left op right}
     *
     * @param operatorSpan where the operator stands
     */
    record BinaryExpr(BinaryOperator operator, Expr left, Expr right, Span operatorSpan, Span span) implements Expr {}

    /** {@code whenTrue if condition else whenFalse} */
    record ConditionalExpr(Expr whenTrue, Expr condition, Expr whenFalse, Span span) implements Expr {}

    /** {@code target[index]} */
    record IndexExpr(Expr target, Expr index, Span span) implements Expr {}

    /** {@code function(arguments)} */
    record Call(Expr function, ImmutableList<Expr> arguments, Span span) implements Expr {}

    /** {@code range(a)}, {@code range(a, b)}, {@code range(a, b, c)} */
    record Range(ImmutableList<Expr> arguments, Span span) implements Expr {}

    /** {@code zip(l1, l2, …)} */
    record Zip(ImmutableList<Expr> lists, Span span) implements Expr {}

    /** {@code len(list)} */
    record Len(Expr list, Span span) implements Expr {}

    /** {@code select(key, query, operator)}; the operator is one of the six comparisons. */
    record SelectExpr(Expr key, Expr query, BinaryOperator operator, Span operatorSpan, Span span) implements Expr {}

    /** {@code aggregate(selector, sequence)} or {@code aggregate(selector, sequence, fallback)} */
    record AggregateExpr(Expr selector, Expr sequence, Optional<Expr> fallback, Span span) implements Expr {}
}
