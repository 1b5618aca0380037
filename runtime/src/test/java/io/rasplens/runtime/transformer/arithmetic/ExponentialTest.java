package io.rasplens.runtime.transformer.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bit for bit what StrictMath gives, which on the JVM is the reference that this is a port of. */
class ExponentialTest {
    private static final int SAMPLES = 500_000;

    private static void same(double x) {
        double expected = StrictMath.exp(x);
        double actual = Exponential.exp(x);
        if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
            assertThat(actual).as("e^" + Double.toHexString(x)).isEqualTo(expected);
        }
    }

    static Stream<Arguments> ranges() {
        var random = new Random(7);
        return Stream.of(
                range("what a softmax meets", () -> -100 * random.nextDouble()),
                range("small", () -> random.nextGaussian()),
                range("tiny", () -> random.nextGaussian() * 0x1p-28),
                range("the whole range", () -> 1500 * (random.nextDouble() - 0.5)),
                range("below the normal numbers", () -> -708 - 38 * random.nextDouble()),
                range("any bits", () -> Double.longBitsToDouble(random.nextLong())));
    }

    private static Arguments range(String name, DoubleSupplier x) {
        return Arguments.of(name, x);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ranges")
    void agreesBitForBit(String name, DoubleSupplier x) {
        for (int i = 0; i < SAMPLES; i++) {
            same(x.getAsDouble());
        }
    }

    @Test
    void wholeNumbersAgree() {
        for (int i = -1100; i <= 1100; i++) {
            same(i);
        }
        assertThat(Exponential.exp(0)).isEqualTo(1);
        assertThat(Exponential.exp(-0.0)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0x1.62e42fefa39efp9, // Overflow begins behind it.
                -0x1.74910d52d3051p9, // Underflow likewise.
                -0x1.6232bdd7abcd2p9, // e^x is the smallest normal number.
                -0x1.62e42fefa39efp9,
                0x1.62e42p-2, // Half of ln 2, and one and a half, as fdlibm compares them.
                -0x1.62e42p-2,
                0x1.62e43p-2,
                0x1.0a2b2p0,
                -0x1.0a2b2p0,
                0x1.0a2b3p0,
                0x1p-28,
                -0x1p-28,
                0x1p-54,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NaN
            })
    void theBordersAgree(double border) {
        double below = border;
        double above = border;
        for (int i = 0; i < 100; i++) {
            same(below);
            same(above);
            below = Math.nextDown(below);
            above = Math.nextUp(above);
        }
    }
}
