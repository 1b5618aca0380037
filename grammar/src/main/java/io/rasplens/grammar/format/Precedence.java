package io.rasplens.grammar.format;

import io.rasplens.grammar.ast.BinaryOperator;
import io.rasplens.grammar.ast.Expr;
import io.rasplens.grammar.ast.UnaryOperator;

/** How tightly expressions bind, and where brackets must or should stand. */
final class Precedence {
    private static final int IN = 1;
    private static final int CONDITIONAL = 2;
    private static final int LOGIC = 3;
    private static final int COMPARISON = 4;
    private static final int UNARY = 9;
    private static final int PRIMARY = 10;

    private Precedence() {}

    static int of(Expr expr) {
        if (expr instanceof Expr.BinaryExpr binary) {
            return of(binary.operator());
        } else if (expr instanceof Expr.ConditionalExpr) {
            return CONDITIONAL;
        } else if (expr instanceof Expr.UnaryExpr unary) {
            return isForm(unary.operator()) ? PRIMARY : UNARY;
        }
        return PRIMARY;
    }

    static boolean isForm(UnaryOperator operator) {
        return operator == UnaryOperator.ROUND || operator == UnaryOperator.INDICATOR;
    }

    private static int of(BinaryOperator operator) {
        return switch (operator) {
            case IN -> IN;
            case AND, OR -> LOGIC;
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> COMPARISON;
            case PLUS, MINUS -> 5;
            case MODULO -> 6;
            case TIMES, DIVIDE -> 7;
            case POWER -> 8;
        };
    }

    /** Whether the left part of a link must be bracketed to be its left part. */
    static boolean leftNeeds(Expr link, Expr left) {
        if (link instanceof Expr.BinaryExpr || link instanceof Expr.ConditionalExpr) {
            return of(left) < of(link);
        }
        return of(left) < PRIMARY || (link instanceof Expr.Call && isFormName(left));
    }

    /** Whether a reader would take the left part otherwise without brackets. */
    static boolean leftWants(Expr link, Expr left) {
        if (link instanceof Expr.ConditionalExpr) {
            return left instanceof Expr.ConditionalExpr;
        }
        if (!(link instanceof Expr.BinaryExpr binary)) {
            return false;
        }
        int level = of(binary.operator());
        if (left instanceof Expr.UnaryExpr unary && !isForm(unary.operator())) {
            return unary.operator() == UnaryOperator.NOT ? level != LOGIC : binary.operator() == BinaryOperator.POWER;
        }
        if (level == IN) {
            return of(left) <= COMPARISON;
        }
        if (!(left instanceof Expr.BinaryExpr inner) || of(inner.operator()) != level) {
            return false;
        }
        return level == COMPARISON
                || binary.operator() == BinaryOperator.POWER
                || (level == LOGIC && inner.operator() != binary.operator());
    }

    /** Whether the right operand of an operator gets brackets: because it must, or because a reader wants them. */
    static boolean rightGets(BinaryOperator operator, Expr right) {
        int level = of(operator);
        if (of(right) <= level || (level == IN && of(right) <= COMPARISON)) {
            return true;
        }
        if (right instanceof Expr.UnaryExpr unary && unary.operator() == UnaryOperator.NOT) {
            return level != LOGIC;
        }
        return operator == BinaryOperator.MODULO && of(right) == of(BinaryOperator.TIMES);
    }

    /** Whether the operand of a prefix operator gets brackets. */
    static boolean operandGets(UnaryOperator operator, Expr operand) {
        boolean signs =
                operand instanceof Expr.UnaryExpr inner && !isForm(inner.operator()) && operator != UnaryOperator.NOT;
        return of(operand) < UNARY || signs;
    }

    /** A name that, in front of a bracket, would be a built-in form. */
    private static boolean isFormName(Expr expr) {
        return expr instanceof Expr.Name name
                && switch (name.name()) {
                    case "select", "aggregate", "range", "zip", "len" -> true;
                    default -> false;
                };
    }
}
