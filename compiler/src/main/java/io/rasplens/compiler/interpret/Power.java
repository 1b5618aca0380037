package io.rasplens.compiler.interpret;

import io.rasplens.grammar.value.IntValue;
import io.rasplens.grammar.value.Value;
import io.rasplens.grammar.value.Values;
import java.math.BigInteger;

/** Python's {@code **}: ints stay exact for exponents from 0 up, everything else is a float. */
final class Power {
    private Power() {}

    static Value power(Value base, Value exponent) throws EvaluationException {
        Arithmetic.checkNumbers("^", base, exponent);
        if (Arithmetic.isFloat(base, exponent)) {
            return Value.of(floatPower(Arithmetic.toDouble(base), Arithmetic.toDouble(exponent), base, exponent));
        }
        BigInteger power = Values.toBigInteger(exponent);
        if (power.signum() < 0) {
            return Value.of(floatPower(Arithmetic.toDouble(base), Arithmetic.toDouble(exponent), base, exponent));
        }
        return intPower(Values.toBigInteger(base), power);
    }

    private static Value intPower(BigInteger base, BigInteger exponent) throws EvaluationException {
        if (exponent.signum() == 0) {
            return IntValue.of(1);
        }
        if (base.bitLength() <= 1 && base.abs().bitLength() <= 1) {
            // 0, 1 and -1 stay small whatever the exponent.
            return IntValue.of(exponent.testBit(0) ? base : base.abs());
        }
        // The result has more than exponent * (bits - 1) bits.
        ValueLimits.checkBits(
                exponent.bitLength() > Integer.SIZE
                        ? Long.MAX_VALUE
                        : exponent.longValue() * (base.abs().bitLength() - 1L));
        return IntValue.of(ValueLimits.checked(base.pow(exponent.intValueExact())));
    }

    private static double floatPower(double base, double exponent, Value shownBase, Value shownExponent)
            throws EvaluationException {
        if (base == 0 && exponent < 0) {
            throw Arithmetic.divisionByZero(shownBase, "^", shownExponent);
        }
        boolean finite = Double.isFinite(base) && Double.isFinite(exponent);
        if (base < 0 && finite && exponent != Math.rint(exponent)) {
            throw new EvaluationException(
                    EvaluationCode.NOT_A_REAL_NUMBER,
                    Shown.value(shownBase) + " ^ " + Shown.value(shownExponent) + " is not a real number");
        }
        double result = base == 1 ? 1 : FloatPower.power(base, exponent);
        if (finite && Double.isInfinite(result)) {
            throw new EvaluationException(
                    EvaluationCode.FLOAT_OVERFLOW,
                    Shown.value(shownBase) + " ^ " + Shown.value(shownExponent) + " is too large for a float");
        }
        return result;
    }
}
