package io.rasplens.grammar.ast;

import com.google.common.collect.ImmutableList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Unrolls the chains that go from left to right, such as {@code a + b + c} or {@code f(1)[2]}. They may be thousands of links
 * long, so a walk over the tree takes them in a loop:
 *
 * <pre>{@code
 * LeftSpine spine = LeftSpine.of(expr);
 * Value value = evaluate(spine.base());
 * for (Expr link : spine.links()) {
 *     value = combine(value, link);   // uses every part of link but its left one
 * }
 * }</pre>
 *
 * @param base what the chain begins with: an expression that has no left part
 * @param links the expressions around it, innermost first; empty for an expression that is no chain
 */
public record LeftSpine(Expr base, ImmutableList<Expr> links) {

    public static LeftSpine of(Expr expression) {
        Deque<Expr> links = new ArrayDeque<>();
        Expr current = expression;
        Optional<Expr> left = leftOf(current);
        while (left.isPresent()) {
            links.push(current);
            current = left.get();
            left = leftOf(current);
        }
        return new LeftSpine(current, ImmutableList.copyOf(links));
    }

    /** The left operand, the branch before {@code if}, the indexed or the called expression; empty for any other form. */
    public static Optional<Expr> leftOf(Expr expression) {
        if (expression instanceof Expr.BinaryExpr binary) {
            return Optional.of(binary.left());
        } else if (expression instanceof Expr.ConditionalExpr conditional) {
            return Optional.of(conditional.whenTrue());
        } else if (expression instanceof Expr.IndexExpr index) {
            return Optional.of(index.target());
        } else if (expression instanceof Expr.Call call) {
            return Optional.of(call.function());
        }
        return Optional.empty();
    }
}
