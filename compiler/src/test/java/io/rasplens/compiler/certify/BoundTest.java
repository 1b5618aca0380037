package io.rasplens.compiler.certify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Sums of two numbers of which bounds are known. */
class BoundTest {
    /** Of a rounding that is a sixteenth of what comes out. */
    private static final double ROUNDING = 0.0625;

    @Test
    void errorsAddUpAndTheSumRounds() {
        var sum = new Bound(-1, 3, 0.25, 0.5).plus(new Bound(-2, 5, 0.5, 0.25), ROUNDING);

        assertThat(sum.low()).isEqualTo(-3);
        assertThat(sum.high()).isEqualTo(8);
        assertThat(sum.error()).isEqualTo(0.25 + 0.5 + 8 * ROUNDING);
        assertThat(sum.grid()).isEqualTo(0.25);
    }

    @Test
    void theGreatestMagnitudeMayBeBelowZero() {
        assertThat(new Bound(-7, 3, 0, 1).magnitude()).isEqualTo(7);
        assertThat(new Bound(-3, 7, 0, 1).magnitude()).isEqualTo(7);
        assertThat(new Bound(-6, 1, 0, 1).plus(new Bound(-3, 1, 0, 1), ROUNDING).error())
                .isEqualTo(9 * ROUNDING);
    }

    /** Where signs differ the sum can be small while its terms, and so their errors, are not. */
    @Test
    void relativeErrorsOfDifferentSignsAreTakenAtTheirGreatest() {
        var sum =
                new Bound(-1, 3, 9, 0).near(0, 0.125, 0.25).plus(new Bound(-2, 5, 9, 0).near(0, 0.5, 0.125), ROUNDING);

        assertThat(sum.base()).isEqualTo(0.125 + 0.25 * 3 + 0.5 + 0.125 * 5);
        assertThat(sum.relative()).isEqualTo(ROUNDING * (1 + 0.25 + 0.125));
    }

    /** |a| and |b| are no more than |a + b| then. */
    @Test
    void relativeErrorsOfOneSignStayRelative() {
        var above =
                new Bound(0, 3, 9, 0).near(0, 0.125, 0.25).plus(new Bound(0, 5, 9, 0).near(0, 0.5, 0.125), ROUNDING);
        var below =
                new Bound(-3, 0, 9, 0).near(0, 0.125, 0.125).plus(new Bound(-5, 0, 9, 0).near(0, 0.5, 0.25), ROUNDING);

        assertThat(above.base()).isEqualTo(0.125 + 0.5);
        assertThat(above.relative()).isEqualTo(0.25 + ROUNDING * (1 + 0.25 + 0.125));
        assertThat(below.base()).isEqualTo(0.125 + 0.5);
        assertThat(below.relative()).isEqualTo(0.25 + ROUNDING * (1 + 0.25 + 0.125));
    }

    @Test
    void oneNumberOfBothSignsIsEnoughToMixThem() {
        var positive = new Bound(0, 3, 9, 0).near(0, 0.125, 0.25);
        var negative = new Bound(-3, 0, 9, 0).near(0, 0.125, 0.25);
        var mixed = new Bound(-1, 1, 9, 0).near(0, 0.5, 0.5);

        for (Bound sum : new Bound[] {
            positive.plus(mixed, 0), mixed.plus(positive, 0), negative.plus(mixed, 0), mixed.plus(negative, 0)
        }) {
            assertThat(sum.base()).isEqualTo(0.125 + 0.25 * 3 + 0.5 + 0.5);
            assertThat(sum.relative()).isZero();
        }
    }

    /** A share of attention is best known near all of it, and stays so under noise; beside another number nothing of it is left. */
    @Test
    void whatIsKnownNearACentreIsSoWithMoreNoise() {
        var share = new Bound(0, 3, 9, 0).near(4, 0.125, 0.25);
        var noise = new Bound(0, 0, 0.5, 0);

        for (Bound sum : new Bound[] {share.plus(noise, ROUNDING), noise.plus(share, ROUNDING)}) {
            assertThat(sum.centre()).isEqualTo(4);
            assertThat(sum.base()).isEqualTo(0.125 + 0.5 + ROUNDING * 3);
            assertThat(sum.relative()).isEqualTo(0.25);
            assertThat(sum.error()).isEqualTo(9 + 0.5 + ROUNDING * 3);
        }
        Bound mixed = share.plus(new Bound(0, 1, 0.5, 0), 0);
        assertThat(mixed.base()).isEqualTo(9.5);
        assertThat(mixed.relative()).isZero();
    }

    @Test
    void onlyZeroWithoutErrorIsExactlyZero() {
        assertThat(Bound.ZERO.isExactZero()).isTrue();
        assertThat(new Bound(-1, 0, 0, 1).isExactZero()).isFalse();
        assertThat(new Bound(0, 1, 0, 1).isExactZero()).isFalse();
        assertThat(new Bound(0, 0, 1e-30, 1).isExactZero()).isFalse();
    }

    /** What several groups leave in a running sum: sizes and noise add up, and the grid is gone with the first number that is off it. */
    @Test
    void whatStoodBeforeKeepsItsGridWhileAllThatIsAddedDoes() {
        double unit = ByHand.U;
        var clean = Before.NOTHING.plus(new Bound(-6, 4, 0, 2), unit).plus(new Bound(0, 8, 0, 4), unit);
        assertThat(clean).isEqualTo(new Before(14, 2, 0));

        // 2 · u / 4 is as much noise as may be lost, 2 / u the greatest multiple of 2 that is held.
        assertThat(Before.NOTHING.plus(new Bound(0, 2 / unit, unit / 2, 2), unit))
                .isEqualTo(new Before(2 / unit, 2, unit / 2));
        assertThat(Before.NOTHING.plus(new Bound(0, 4, unit, 2), unit)).isEqualTo(new Before(4, BinaryGrid.NONE, unit));
        assertThat(Before.NOTHING.plus(new Bound(0, 2 / unit + 2, 0, 2), unit))
                .isEqualTo(new Before(2 / unit + 2, BinaryGrid.NONE, 0));
        assertThat(new Before(3, 1, 0.25).plus(new Bound(0, 4, 0.5, 1), unit))
                .isEqualTo(new Before(7, BinaryGrid.NONE, 0.75));
        assertThat(new Before(3, 1, 0.25).most()).isEqualTo(3.25);
    }
}
