package io.rasplens.compiler.interpret;

import io.rasplens.grammar.value.FloatValue;
import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.StringValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.LongBinaryOperator;

/** Python's {@code + - * / %}, signs and rounding on atoms. A bool counts as 0 or 1; one float operand makes the result a float. */
final class Arithmetic {
    private Arithmetic() {}

    static Value add(Value left, Value right) throws EvaluationException {
        if (left instanceof StringValue a && right instanceof StringValue b) {
            ValueLimits.checkLength((long) a.value().length() + b.value().length());
            return Value.of(a.value() + b.value());
        }
        checkNumbers("+", left, right);
        return isFloat(left, right)
                ? Value.of(toDouble(left) + toDouble(right))
                : ints(left, right, Long::sum, BigInteger::add);
    }

    static Value subtract(Value left, Value right) throws EvaluationException {
        checkNumbers("-", left, right);
        return isFloat(left, right)
                ? Value.of(toDouble(left) - toDouble(right))
                : ints(left, right, (a, b) -> a - b, BigInteger::subtract);
    }

    static Value multiply(Value left, Value right) throws EvaluationException {
        if (left instanceof StringValue text && isInt(right)) {
            return repeat(text.value(), Values.toBigInteger(right));
        }
        if (right instanceof StringValue text && isInt(left)) {
            return repeat(text.value(), Values.toBigInteger(left));
        }
        checkNumbers("*", left, right);
        return isFloat(left, right)
                ? Value.of(toDouble(left) * toDouble(right))
                : ints(left, right, (a, b) -> a * b, Arithmetic::product);
    }

    static Value divide(Value left, Value right) throws EvaluationException {
        checkNumbers("/", left, right);
        if (!right.isTrue()) {
            throw divisionByZero(left, "/", right);
        }
        return Value.of(
                isFloat(left, right)
                        ? toDouble(left) / toDouble(right)
                        : TrueDivision.divide(Values.toBigInteger(left), Values.toBigInteger(right)));
    }

    static Value modulo(Value left, Value right) throws EvaluationException {
        if (left instanceof StringValue template) {
            return Formatting.format(template, right);
        }
        checkNumbers("%", left, right);
        if (!right.isTrue()) {
            throw divisionByZero(left, "%", right);
        }
        return isFloat(left, right)
                ? Value.of(floorMod(toDouble(left), toDouble(right)))
                : ints(left, right, Math::floorMod, Arithmetic::floorMod);
    }

    static Value negate(Value operand) throws EvaluationException {
        checkNumber("-", operand);
        return operand instanceof FloatValue f
                ? Value.of(-f.value())
                : IntValue.of(Values.toBigInteger(operand).negate());
    }

    static Value plus(Value operand) throws EvaluationException {
        checkNumber("+", operand);
        return operand instanceof FloatValue ? operand : IntValue.of(Values.toBigInteger(operand));
    }

    /** To the nearest int, halves to the even one. */
    static Value round(Value operand) throws EvaluationException {
        checkNumber("round", operand);
        if (!(operand instanceof FloatValue f)) {
            return IntValue.of(Values.toBigInteger(operand));
        }
        if (!Double.isFinite(f.value())) {
            throw new EvaluationException(EvaluationCode.FLOAT_OVERFLOW, "round has no int for " + f.repr());
        }
        return IntValue.of(new BigDecimal(Math.rint(f.value())).toBigIntegerExact());
    }

    /** The nearest double, as Python's {@code float()}: an int beyond the range is an error, not an infinity. */
    static double toDouble(Value number) throws EvaluationException {
        double result = Values.toDouble(number);
        if (Double.isInfinite(result) && !(number instanceof FloatValue)) {
            throw new EvaluationException(
                    EvaluationCode.FLOAT_OVERFLOW, Shown.value(number) + " is too large to become a float");
        }
        return result;
    }

    static boolean isFloat(Value left, Value right) {
        return left instanceof FloatValue || right instanceof FloatValue;
    }

    static void checkNumbers(String symbol, Value left, Value right) throws EvaluationException {
        if (!left.isNumeric() || !right.isNumeric()) {
            throw EvaluationException.wrongOperands(
                    "'" + symbol + "' doesn't work on " + Shown.withKind(left) + " and " + Shown.withKind(right),
                    left,
                    right);
        }
    }

    static EvaluationException divisionByZero(Value left, String symbol, Value right) {
        return new EvaluationException(
                EvaluationCode.DIVISION_BY_ZERO,
                "division by zero: " + Shown.value(left) + " " + symbol + " " + Shown.value(right));
    }

    private static void checkNumber(String symbol, Value operand) throws EvaluationException {
        if (!operand.isNumeric()) {
            throw EvaluationException.wrongOperands(
                    "'" + symbol + "' doesn't work on " + Shown.withKind(operand), operand);
        }
    }

    private static boolean isInt(Value value) {
        return value.isNumeric() && !(value instanceof FloatValue);
    }

    /** An operation on ints of any size. */
    @FunctionalInterface
    private interface LargeOperation {
        BigInteger apply(BigInteger left, BigInteger right) throws EvaluationException;
    }

    private static Value ints(Value left, Value right, LongBinaryOperator small, LargeOperation large)
            throws EvaluationException {
        return left instanceof IntValue a && right instanceof IntValue b && a.isSmall() && b.isSmall()
                ? IntValue.of(small.applyAsLong(a.toLong(), b.toLong()))
                : IntValue.of(ValueLimits.checked(large.apply(Values.toBigInteger(left), Values.toBigInteger(right))));
    }

    private static BigInteger product(BigInteger left, BigInteger right) throws EvaluationException {
        ValueLimits.checkBits((long) left.bitLength() + right.bitLength() - 1);
        return left.multiply(right);
    }

    private static BigInteger floorMod(BigInteger left, BigInteger divisor) {
        BigInteger rest = left.remainder(divisor);
        return rest.signum() * divisor.signum() < 0 ? rest.add(divisor) : rest;
    }

    private static Value repeat(String text, BigInteger times) throws EvaluationException {
        if (times.signum() <= 0 || text.isEmpty()) {
            return Value.of("");
        }
        long count = times.bitLength() > Integer.SIZE ? Integer.MAX_VALUE : times.longValue();
        ValueLimits.checkLength(count * text.length());
        return Value.of(text.repeat((int) count));
    }

    /** Python's float {@code %}: exact remainder, moved into the divisor's sign; a zero result takes that sign too. */
    private static double floorMod(double left, double right) {
        double rest = left % right;
        if (rest == 0) {
            return Math.copySign(0.0, right);
        }
        return rest < 0 != right < 0 ? rest + right : rest;
    }
}
