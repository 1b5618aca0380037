package io.rasplens.compiler.certify;

import static io.rasplens.compiler.certify.ByHand.U;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.LinearForm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a linear form can be as it is read. */
class FormBoundTest {
    private final Features features = new Features();
    private final Direction x = Direction.number(features.named("x"));
    private final Direction y = Direction.number(features.named("y"));
    private final List<Direction> digit = ByHand.family(features, "digit", 3);
    private final StreamBounds stream = ByHand.stream(U);

    private FormBound form(double constant, Object... terms) {
        LinearForm form = LinearForm.constant(constant);
        for (int i = 0; i < terms.length; i += 2) {
            form = form.plus(LinearForm.of((Direction) terms[i + 1], ((Number) terms[i]).doubleValue()));
        }
        return stream.form(form);
    }

    @Test
    void numbersAndAConstantAddUpAndRound() {
        stream.write(x, ByHand.number(-2, 6, 0.125), 0);
        stream.write(y, ByHand.number(1, 4, 0.5), 0);

        FormBound form = form(5, 3, x, -7, y);

        assertThat(form.low()).isEqualTo(3 * -2 - 7 * 4 + 5);
        assertThat(form.high()).isEqualTo(3 * 6 - 7 * 1 + 5);
        assertThat(form.magnitude()).isEqualTo(29);
        assertThat(form.noise()).isEqualTo(3 * 0.125 + 7 * 0.5);
        assertThat(form.size()).isEqualTo(3 * 6 + 7 * 4 + 5);
        assertThat(form.terms()).isEqualTo(3);
        assertThat(form.kept()).isFalse();
        // Three products, three sums: each of less than all together.
        assertThat(form.error()).isEqualTo(form.noise() + 6 * U * form.size());
        assertThat(form.single()).isEqualTo(FormBound.Single.NONE);
    }

    @Test
    void whatHoldsNothingDoesNotRound() {
        stream.write(x, ByHand.number(-2, 6, 0.125), 0);

        FormBound form = form(0, 3, x, 5, y);

        assertThat(form.terms()).isEqualTo(1);
        assertThat(form.error()).isEqualTo(3 * 0.125 + 4 * U * 18);
    }

    /** Near its shift a number of relative error is known better than at its greatest. */
    @Test
    void noiseOfOneNumberDependsOnTheNumber() {
        stream.write(x, new Bound(0, 8, 1, BinaryGrid.NONE).near(0, 0.125, 0.0625), 0);

        FormBound form = form(5, 4, x);

        assertThat(form.single()).isEqualTo(new FormBound.Single(5, 4 * 0.125, 0.0625, true));
        assertThat(form.noiseAt(5)).isEqualTo(0.5);
        assertThat(form.noiseAt(13)).isEqualTo(0.5 + 0.0625 * 8);
        assertThat(form.noiseAt(-3)).isEqualTo(0.5 + 0.0625 * 8);
        assertThat(form.noiseAt(1000)).isEqualTo(4);
        assertThat(form(5, 3, x).single().exact()).isFalse();
        assertThat(form(5, -0.5, x).single()).isEqualTo(new FormBound.Single(5, 0.5 * 0.125, 0.0625, true));
    }

    @Test
    void beyondOneNumberNothingDependsOnIt() {
        stream.write(x, new Bound(0, 8, 1, BinaryGrid.NONE).near(0, 0.125, 0.0625), 0);
        stream.write(digit.get(0), ByHand.ints(0, 1, 0), 0);
        assertThat(form(5, 4, x, 1, digit.get(0)).single()).isEqualTo(FormBound.Single.NONE);
        assertThat(form(5).single()).isEqualTo(FormBound.Single.NONE);

        stream.edit(new Edits(0.5, ImmutableMap.of()));
        assertThat(form(5, 4, x).single()).isEqualTo(FormBound.Single.NONE);
        assertThat(form(5, 4, x).noise()).isEqualTo(4 + 5 * 0.5);
        assertThat(form(5).low()).isEqualTo(5);
    }

    /** A share is known best near all of the attention, edits or not; a constant's noise is added. */
    @Test
    void noiseOfAShareDependsOnWhatIsLeft() {
        stream.write(x, new Bound(0, 8, 1, BinaryGrid.NONE).near(16, 0.125, 0.0625), 0);
        stream.edit(new Edits(0.5, ImmutableMap.of()));

        FormBound form = form(5, 4, x);

        assertThat(form.single()).isEqualTo(new FormBound.Single(5 + 4 * 16, 4 * 0.125 + 5 * 0.5, 0.0625, true));
        assertThat(form.noiseAt(5 + 4 * 8)).isEqualTo(3 + 0.0625 * 4 * 8);
        // Beyond the two numbers noise grows no faster than the distance from them.
        assertThat(form.noiseBeyond(5 + 4 * 8, 5 + 4 * 12)).isEqualTo(3 + 0.0625 * 4 * 8);
    }

    @Test
    void noiseThatGrowsFasterThanTheNumberIsTakenAtItsGreatest() {
        stream.write(x, new Bound(0, 8, 100, BinaryGrid.NONE).near(16, 0.125, 2), 0);

        assertThat(form(0, 1, x).noiseBeyond(7, 8)).isEqualTo(100);
    }

    /** One value of a family is on: the greatest coefficient bounds the sum, and one error each, or all together, the noise. */
    @Test
    void oneHotsAreReadOneAtATime() {
        digit.forEach(d -> stream.write(d, new Bound(0, 1, 0.125, BinaryGrid.NONE), 0.25));

        FormBound form = form(7, 2, digit.get(0), 5, digit.get(1), -3, digit.get(2));

        assertThat(form.low()).isEqualTo(7 - 3);
        assertThat(form.high()).isEqualTo(7 + 5);
        assertThat(form.size()).isEqualTo(7 + 5);
        assertThat(form.terms()).isEqualTo(2);
        // What is not on is added nonetheless, and rounds as often as it is multiplied and added.
        double own = (2 + 5 + 3) * 0.125;
        assertThat(form.noise()).isEqualTo(own + 2 * U * 3 * (12 + own));
        assertThat(form.error()).isEqualTo(form.noise() + 5 * U * 12);
        assertThat(form(0, 2, digit.get(0), 5, digit.get(1)).low()).isZero();
        assertThat(form(0, -2, digit.get(0), -5, digit.get(1)).high()).isZero();
    }

    @Test
    void theErrorOfAFamilyMayBeLessThanThatOfItsValues() {
        digit.forEach(d -> stream.write(d, new Bound(0, 1, 0.125, BinaryGrid.NONE), 0.015625));

        double own = 8 * 3 * 0.015625;
        assertThat(form(0, 4, digit.get(0), -8, digit.get(1)).noise()).isEqualTo(own + 2 * U * 2 * (8 + own));
    }

    /** What is added to a double without noise rounds by no more than that is. */
    @Test
    void littleNoiseRoundsLittle() {
        double little = 0x1p-20;
        digit.forEach(d -> stream.write(d, new Bound(0, 1, little, BinaryGrid.NONE), little));

        double own = (2 + 5 + 3) * little;
        FormBound form = form(0, 2, digit.get(0), 5, digit.get(1), -3, digit.get(2));
        assertThat(form.noise()).isEqualTo(own + own * (1 + U * (3 + 3)));
        assertThat(form.error()).isEqualTo(form.noise());
    }

    /** One exact product, of 0 or 1 and a weight that is stored as it is, is the weight. */
    @Test
    void oneExactOneHotDoesNotRound() {
        digit.forEach(d -> stream.write(d, new Bound(0, 1, 0, BinaryGrid.NONE), 0));

        assertThat(form(0, 3, digit.get(0), 5, digit.get(1)).error()).isZero();
        assertThat(form(0, 0.1, digit.get(0)).error()).isEqualTo(4 * U * 0.1);
        assertThat(form(0.3).error()).isEqualTo(4 * U * 0.3);
    }

    @Test
    void onlyOnesAreExactFactors() {
        for (Bound near : List.of(ByHand.number(0.5, 1, 0), ByHand.number(1, 1.5, 0), ByHand.number(1, 1, 0.25))) {
            var other = ByHand.stream(U);
            other.write(x, near, 0);
            assertThat(other.form(LinearForm.of(x, 3)).error()).isEqualTo(3 * near.error() + 4 * U * 3 * near.high());
        }
        stream.write(x, ByHand.number(1, 1, 0), 0);
        assertThat(form(0, 3, x).error()).isZero();
    }

    /** Ints that have room are summed to the last bit: what noise there is alone is rounded. */
    @Test
    void intsAreNotRounded() {
        stream.write(x, ByHand.ints(0, 6, 0x1p-14), 0);

        FormBound form = form(0, 2, x);

        assertThat(form.kept()).isTrue();
        assertThat(form.grid()).isEqualTo(2);
        assertThat(form.noise()).isEqualTo(0x1p-13);
        assertThat(form.error()).isEqualTo(0x1p-13 + 4 * U * 0x1p-13);
        // Beside a constant noise so small is lost: the number isn't 0.
        assertThat(form(3, 2, x).error()).isZero();
        assertThat(form(3, 2, x).grid()).isEqualTo(1);
    }

    @Test
    void aWeightThatIsRoundedPutsAFormOffItsGrid() {
        stream.write(x, ByHand.ints(0, 6, 0), 0);

        // A power of two is on a grid of its own; no float is so small.
        assertThat(form(0, 0x1p-100, x).kept()).isTrue();
        assertThat(form(0, 0x1p-200, x).kept()).isFalse();
        assertThat(new StreamBounds(Roundoff.FLOAT64).isExact(0.1)).isTrue();
        assertThat(stream.isExact(0.1)).isFalse();
        assertThat(stream.isExact(0.5)).isTrue();
    }

    /** {@code c (d + 1)}, d from -1 to 0: on from the start, and off once another value takes over. */
    @Test
    void valuesThatStartAtOneAreReadWithTheirConstant() {
        stream.write(digit.get(0), ByHand.ints(-1, 0, 0), 0);
        stream.write(digit.get(1), ByHand.ints(0, 1, 0), 0);

        FormBound starting = form(2, 2, digit.get(0), 5, digit.get(1));
        assertThat(starting.low()).isZero();
        assertThat(starting.high()).isEqualTo(5);
        assertThat(starting.size()).isEqualTo(2 + 2 + 5);
        assertThat(starting.terms()).isEqualTo(1 + 1 + 1);
        FormBound negative = form(-2, -2, digit.get(0));
        assertThat(negative.low()).isEqualTo(-2);
        assertThat(negative.high()).isZero();
        FormBound without = form(2, 3, digit.get(0), 5, digit.get(1));
        assertThat(without.low()).isEqualTo(2 - 3);
        assertThat(without.high()).isEqualTo(2 + 5);
        FormBound against = form(2, -3, digit.get(0));
        assertThat(against.low()).isEqualTo(2);
        assertThat(against.high()).isEqualTo(2 + 3);
    }

    /** The constant is shared out: what one value has taken another can't start from. */
    @Test
    void aConstantIsEnoughForAsManyAsItAddsUpTo() {
        stream.write(digit.get(0), ByHand.ints(-1, 0, 0), 0);
        stream.write(digit.get(1), ByHand.ints(-1, 0, 0), 0);

        FormBound both = form(5, 2, digit.get(0), 3, digit.get(1));
        assertThat(both.low()).isZero();
        assertThat(both.high()).isEqualTo(3);
        FormBound one = form(4, 2, digit.get(0), 3, digit.get(1));
        assertThat(one.low()).isEqualTo(2 - 3);
        assertThat(one.high()).isEqualTo(2 + 2);
    }

    /** A value that is on by less than 1, or less than 1 below, counts by as much. */
    @Test
    void valuesCountByWhatTheyHold() {
        stream.write(digit.get(0), ByHand.number(-0.5, 0.25, 0), 0);
        stream.write(digit.get(1), ByHand.number(-0.5, 0.25, 0.125), 0.125);

        FormBound form = form(0, 4, digit.get(0), -6, digit.get(1));

        assertThat(form.low()).isEqualTo(-6 * 0.25 + 4 * -0.5);
        assertThat(form.high()).isEqualTo(4 * 0.25 - 6 * -0.5);
        assertThat(form.size()).isEqualTo((4 + 6) * 0.5 + 6 * 0.25);
        assertThat(form.terms()).isEqualTo(3);
        // One of the two holds noise, and rounds what it is added to.
        assertThat(form.noise()).isEqualTo(6 * 0.125 + 2 * U * (6.5 + 6 * 0.125));
    }

    /** What nothing writes takes nothing of the constant. */
    @Test
    void valuesThatNothingWritesDoNotStart() {
        FormBound form = form(2, 2, digit.get(0));
        assertThat(form.low()).isEqualTo(2);
        assertThat(form.high()).isEqualTo(2);
    }

    /** Parts of two errors that are one number cancel where they are read with different signs, and add up where with one. */
    @Test
    void errorsThatAreOneNumberAddUpWithTheirSigns() {
        stream.write(x, ByHand.number(0, 1, 0.5), 0);
        stream.write(y, ByHand.number(0, 1, 0.5), 0);
        stream.share(x, 3, 0.25);
        stream.share(y, 3, -0.125);

        assertThat(form(0, 2, x, 8, y).noise()).isEqualTo(2 * 0.25 + 8 * 0.375 + (8 * 0.125 - 2 * 0.25));
        assertThat(form(0, 2, x, -8, y).noise()).isEqualTo(2 * 0.25 + 8 * 0.375 + (8 * 0.125 + 2 * 0.25));
        assertThat(form(0, 2, x).noise()).isEqualTo(2 * 0.5);
    }

    @Test
    void ofOneBlockAllThatIsSharedAddsUp() {
        stream.write(x, ByHand.number(0, 1, 0.5), 0);
        stream.write(y, ByHand.number(0, 1, 0.5), 0);
        stream.share(x, 3, 0.25);
        stream.share(x, 3, -0.125);
        stream.share(y, 3, -0.125);

        assertThat(form(0, 1, x, 1, y).noise()).isEqualTo(0.375 + 0.375);
    }

    /** What two blocks know is not one number. */
    @Test
    void errorsOfDifferentBlocksAreNotShared() {
        stream.write(x, ByHand.number(0, 1, 0.5), 0);
        stream.write(y, ByHand.number(0, 1, 0.5), 0);
        stream.share(x, 3, 0.25);
        stream.share(y, 4, -0.25);
        assertThat(form(0, 1, x, 1, y).noise()).isEqualTo(1);

        // Nothing is said of a block that wrote nothing.
        stream.share(x, 4, 0);
        stream.share(y, 3, 0);
        assertThat(form(0, 1, x, 1, y).noise()).isEqualTo(1);
        stream.share(x, 4, 0.125);
        assertThat(form(0, 1, x, 1, y).noise()).isEqualTo(1);
        stream.share(x, 4, 0.125);
        assertThat(form(0, 1, x, 1, y).noise()).isEqualTo(0.375 + 0.25 + 0.125);
    }

    @Test
    void nothingSharedChangesNothing() {
        stream.write(x, ByHand.number(0, 1, 0.5), 0);
        stream.write(y, ByHand.number(0, 1, 0.5), 0);
        stream.share(x, 3, 0.25);
        stream.share(y, 3, -0.25);
        stream.share(x, 4, 0);

        assertThat(form(0, 1, x, 1, y).noise()).isEqualTo(0.25 + 0.25);
    }

    @Test
    void valuesOfBothSignsDoNotStart() {
        stream.write(digit.get(0), ByHand.number(-1, 1, 0), 0);

        FormBound form = form(2, 2, digit.get(0));
        assertThat(form.low()).isEqualTo(0);
        assertThat(form.high()).isEqualTo(4);
        assertThat(form.size()).isEqualTo(2 + 2 + 2);
        // A product of 0, 1 or -1 each, but for two at once.
        assertThat(form(0, 3, digit.get(0)).error()).isEqualTo(5 * U * 6);
    }
}
