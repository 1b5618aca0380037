package io.rasplens.compiler.interpret;

import io.rasplens.compiler.program.Comparison;
import io.rasplens.compiler.program.Operator;
import io.rasplens.compiler.program.Operator.BinaryKind;
import io.rasplens.compiler.program.Operator.UnaryKind;
import io.rasplens.compiler.program.TokenConversion;
import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.util.List;
import java.util.Optional;

/**
 * The meaning of every elementwise operator on atoms, as Python has it. Pure functions of their arguments; the interpreter,
 * constant folding and value inference all go through here.
 *
 * <pre>{@code
 * Operators.apply(new Operator.Binary(BinaryKind.MODULO), List.of(Value.of(-1), Value.of(3))); // 2
 * Operators.compare(Comparison.EQUAL, Value.of(1), Value.of(1.0)); // true
 * }</pre>
 */
public final class Operators {
    private Operators() {}

    /**
     * The operator's value on one position's arguments, in the order the operator documents.
     *
     * @throws EvaluationException if the arguments have no value under it, or one beyond {@link ValueLimits}
     */
    public static Value apply(Operator operator, List<Value> arguments) throws EvaluationException {
        if (operator instanceof Operator.Binary binary) {
            return binary(binary.kind(), arguments.get(0), arguments.get(1));
        }
        Value first = arguments.get(0);
        if (operator instanceof Operator.Unary unary) {
            return unary(unary.kind(), first);
        }
        if (operator instanceof Operator.Kept) {
            return first;
        }
        if (operator instanceof Operator.Conditional) {
            return arguments.get(first.isTrue() ? 1 : 2);
        }
        if (operator instanceof Operator.ListLookup lookup) {
            return Lookups.element(lookup.elements(), first);
        }
        if (operator instanceof Operator.StringLookup lookup) {
            return Lookups.character(lookup.text(), first);
        }
        if (operator instanceof Operator.DictLookup lookup) {
            return Lookups.entry(lookup.entries(), first);
        }
        if (operator instanceof Operator.MemberOf member) {
            return Value.of(Lookups.isMember(member.elements(), first));
        }
        throw new IllegalArgumentException("unknown operator " + operator);
    }

    /** The value of {@code left kind right}; {@code and} and {@code or} give a bool, as they do on s-ops. */
    public static Value binary(BinaryKind kind, Value left, Value right) throws EvaluationException {
        return switch (kind) {
            case PLUS -> Arithmetic.add(left, right);
            case MINUS -> Arithmetic.subtract(left, right);
            case TIMES -> Arithmetic.multiply(left, right);
            case DIVIDE -> Arithmetic.divide(left, right);
            case MODULO -> Arithmetic.modulo(left, right);
            case POWER -> Power.power(left, right);
            case EQUAL -> Value.of(compare(Comparison.EQUAL, left, right));
            case LESS -> Value.of(compare(Comparison.LESS, left, right));
            case LESS_EQUAL -> Value.of(compare(Comparison.LESS_EQUAL, left, right));
            case GREATER -> Value.of(compare(Comparison.GREATER, left, right));
            case GREATER_EQUAL -> Value.of(compare(Comparison.GREATER_EQUAL, left, right));
            case AND -> Value.of(left.isTrue() && right.isTrue());
            case OR -> Value.of(left.isTrue() || right.isTrue());
        };
    }

    /** The value of a unary operator. */
    public static Value unary(UnaryKind kind, Value operand) throws EvaluationException {
        return switch (kind) {
            case NOT -> Value.of(!operand.isTrue());
            case INDICATOR -> Value.of(operand.isTrue() ? 1 : 0);
            case NEGATE -> Arithmetic.negate(operand);
            case PLUS -> Arithmetic.plus(operand);
            case ROUND -> Arithmetic.round(operand);
        };
    }

    /** Whether a comparison holds; what can't be compared fails, and what follows then doesn't matter. */
    public static boolean holds(Comparison comparison, Value left, Value right) {
        return Attempt.of(() -> compare(comparison, left, right)).orElse(false);
    }

    /** The same where the program may have failed before; then either answer will do. */
    public static boolean holds(Comparison comparison, Optional<Value> left, Optional<Value> right) {
        return left.isPresent() && right.isPresent() && holds(comparison, left.get(), right.get());
    }

    /**
     * Whether {@code left comparison right} holds. Equality is defined between all kinds; order only between two numbers (bools
     * among them) or two strings. NaN equals nothing and stands in no order.
     */
    public static boolean compare(Comparison comparison, Value left, Value right) throws EvaluationException {
        if (comparison == Comparison.EQUAL) {
            return left.raspEquals(right);
        }
        if (comparison == Comparison.NOT_EQUAL) {
            return !left.raspEquals(right);
        }
        int order;
        if (left instanceof StringValue a && right instanceof StringValue b) {
            order = Values.compareStrings(a.value(), b.value());
        } else if (left.isNumeric() && right.isNumeric()) {
            if (isNan(left) || isNan(right)) {
                return false;
            }
            order = Values.compareNumbers(left, right);
        } else {
            throw EvaluationException.wrongOperands(
                    "'" + comparison.symbol() + "' can't order " + Shown.withKind(left) + " and "
                            + Shown.withKind(right),
                    left,
                    right);
        }
        return switch (comparison) {
            case LESS -> order < 0;
            case LESS_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_EQUAL -> order >= 0;
            case EQUAL, NOT_EQUAL -> throw new IllegalStateException();
        };
    }

    /** What a base s-op makes of an input token. */
    public static Value convert(TokenConversion conversion, Value token) throws EvaluationException {
        return switch (conversion) {
            case ASIS -> token;
            case STR -> Conversions.toText(token);
            case INT -> Conversions.toInt(token);
            case FLOAT -> Conversions.toFloat(token);
            case BOOL -> Value.of(token.isTrue());
        };
    }

    private static boolean isNan(Value value) {
        return value instanceof FloatValue f && Double.isNaN(f.value());
    }
}
