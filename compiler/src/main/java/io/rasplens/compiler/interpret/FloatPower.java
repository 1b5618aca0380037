package io.rasplens.compiler.interpret;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * {@code x^y} on doubles, rounded to the nearest double. {@code StrictMath.pow} is only good to one unit in the last place; the
 * C libraries under Python are right in all but a few cases in a million, and programs compare such numbers with {@code ==}.
 *
 * <p>The result of {@code StrictMath.pow} is kept unless a neighbour is nearer to {@code exp(y ln x)} taken to 45 digits. The
 * worst known case of rounding {@code pow} needs about 120 bits, 37 digits.
 */
final class FloatPower {
    private static final MathContext CONTEXT = new MathContext(60, RoundingMode.HALF_EVEN);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal LN_2 = lnNearOne(TWO);

    /** Halvings of the argument before the exponential's series, and the terms that 2^-10 then needs for 60 digits. */
    private static final int HALVINGS = 10;

    private static final int EXP_TERMS = 18;

    /** What is nearer to half-way than this, in halves of the distance to the next double, is looked at with more digits. */
    private static final double NEAR = 1e-6;

    private FloatPower() {}

    static double power(double base, double exponent) {
        double guess = StrictMath.pow(base, exponent);
        boolean exactAlready = guess == 0 || !Double.isFinite(guess) || Math.abs(guess) == 1 || exponent == 1;
        if (exactAlready || !Double.isFinite(base) || Math.abs(guess) < Double.MIN_NORMAL) {
            return guess;
        }
        if (Math.abs(base) >= Double.MIN_NORMAL && isNearest(Math.abs(guess), off(base, exponent, guess))) {
            return guess;
        }
        BigDecimal exact = exp(new BigDecimal(exponent).multiply(ln(Math.abs(base)), CONTEXT));
        return Math.copySign(nearest(Math.abs(guess), exact), guess);
    }

    /** {@code ln(power / guess)}, to 25 digits behind the point. */
    private static double off(double base, double exponent, double guess) {
        return TwoDoubles.log(Math.abs(base)).times(exponent).minus(TwoDoubles.log(Math.abs(guess)));
    }

    /**
     * Whether the power is certain to be nearer to the guess than to its neighbours. Those that are not are few: the guess is seldom wrong,
     * and the power seldom so near to half-way.
     *
     * @param off {@code ln(power / guess)}
     */
    private static boolean isNearest(double guess, double off) {
        double below = (guess - Math.nextDown(guess)) / 2;
        return Math.nextUp(guess) < Double.POSITIVE_INFINITY && Math.abs(off) * guess < below * (1 - NEAR);
    }

    private static double nearest(double guess, BigDecimal exact) {
        double best = guess;
        for (double candidate : new double[] {Math.nextDown(guess), Math.nextUp(guess)}) {
            if (Double.isFinite(candidate) && distance(candidate, exact).compareTo(distance(best, exact)) < 0) {
                best = candidate;
            }
        }
        return best;
    }

    private static BigDecimal distance(double value, BigDecimal exact) {
        return new BigDecimal(value).subtract(exact).abs();
    }

    private static BigDecimal ln(double positive) {
        int exponent = Math.getExponent(positive);
        double mantissa = Math.scalb(positive, -exponent);
        if (exponent < Double.MIN_EXPONENT) {
            exponent = Math.getExponent(positive * 0x1p60) - 60;
            mantissa = positive * 0x1p60 / Math.scalb(1.0, exponent + 60);
        }
        if (mantissa > 1.5) {
            mantissa /= 2;
            exponent++;
        }
        return LN_2.multiply(BigDecimal.valueOf(exponent)).add(lnNearOne(new BigDecimal(mantissa)), CONTEXT);
    }

    /** {@code ln m = 2 artanh((m-1)/(m+1))}, for m from 0.5 to 2. */
    private static BigDecimal lnNearOne(BigDecimal m) {
        BigDecimal z = m.subtract(BigDecimal.ONE).divide(m.add(BigDecimal.ONE), CONTEXT);
        BigDecimal square = z.multiply(z, CONTEXT);
        BigDecimal power = z;
        BigDecimal sum = BigDecimal.ZERO;
        for (int k = 1; power.signum() != 0 && power.scale() - power.precision() < CONTEXT.getPrecision() + 5; k += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(k), CONTEXT), CONTEXT);
            power = power.multiply(square, CONTEXT);
        }
        return sum.multiply(TWO);
    }

    private static BigDecimal exp(BigDecimal x) {
        BigDecimal turns = x.divide(LN_2, CONTEXT).setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal small = x.subtract(turns.multiply(LN_2)).divide(TWO.pow(HALVINGS), CONTEXT);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int k = 1; k <= EXP_TERMS; k++) {
            term = term.multiply(small, CONTEXT).divide(BigDecimal.valueOf(k), CONTEXT);
            sum = sum.add(term, CONTEXT);
        }
        for (int i = 0; i < HALVINGS; i++) {
            sum = sum.multiply(sum, CONTEXT);
        }
        int exponent = turns.intValueExact();
        BigDecimal scale = TWO.pow(Math.abs(exponent));
        return exponent < 0 ? sum.divide(scale, CONTEXT) : sum.multiply(scale, CONTEXT);
    }
}
