package io.rasplens.compiler.certify;

import static io.rasplens.compiler.certify.ByHand.U;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.ScoreScale;
import io.rasplens.compiler.circuit.ScoreTerm;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What noise and roundings do to scores. */
class BoundScoresTest {
    /** What scaling may add to all. */
    private static final double WORST = 1 + ScoreScale.EXCESS;

    private static final HeadKind MEAN = new HeadKind.Mean(50, HeadKind.Keys.ANY);
    private final Features features = new Features();
    private final Direction q = Direction.number(features.named("q"));
    private final Direction k = Direction.number(features.named("k"));
    private final Direction l = Direction.number(features.named("l"));
    private final List<Direction> digit = ByHand.family(features, "digit", 3);
    private final List<Direction> other = ByHand.family(features, "other", 3);
    private StreamBounds stream = ByHand.stream(U);

    private ScoreError error(HeadKind kind, ScoreTerm... terms) {
        var head = new Head(ImmutableList.copyOf(terms), ImmutableList.of(), kind, PartOrigin.shared("h", "head"));
        return new BoundScores(stream, head).error();
    }

    private static ScoreTerm term(double query, Direction ofQuery, double key, Direction ofKey) {
        return new ScoreTerm(LinearForm.of(ofQuery, query), LinearForm.of(ofKey, key));
    }

    private static ScoreTerm bos(double score) {
        return new ScoreTerm(LinearForm.constant(score), LinearForm.of(Direction.BOS));
    }

    /** Each side's error times the other's size, both errors, and a product that rounds: seven times, its scaling among them. */
    @Test
    void oneProductOfNumbers() {
        stream.write(q, ByHand.number(0, 3, 0.0625), 0);
        stream.write(k, ByHand.number(-2, 1, 0.125), 0);

        double ofQuery = 5 * 0.0625 + 4 * U * 15;
        double ofKey = 0.125 + 4 * U * 2;
        double noise = 15 * ofKey + 2 * ofQuery + ofQuery * ofKey;
        double rounding = 7 * U * 15 * 2;
        ScoreError one = error(MEAN, term(5, q, 1, k));
        assertThat(one.total()).isEqualTo(WORST * (noise + rounding));
        assertThat(one.betweenSelected()).isEqualTo(WORST * (noise + rounding));

        // BOS's own score, a constant, is weight, product, sum and scalings: it is no matter between keys.
        ScoreError two = error(MEAN, term(5, q, 1, k), bos(3));
        assertThat(two.total()).isEqualTo(WORST * (noise + rounding + 5 * U * 3));
        assertThat(two.betweenSelected()).isEqualTo(one.betweenSelected());
    }

    @Test
    void termsOfDifferentPartsAreSummed() {
        stream.write(q, ByHand.number(0, 3, 0), 0);
        stream.write(k, ByHand.number(-2, 1, 0), 0);
        stream.write(l, ByHand.number(0, 4, 0), 0);

        double first = 3 * 8 * U + 2 * 12 * U + 96 * U * U;
        double second = 4 * 12 * U + 3 * 16 * U + 192 * U * U;
        double roundings = 7 * U * 6 + 7 * U * 12;
        double summing = (2 + 2) * U * (6 + 12);
        ScoreError error = error(MEAN, term(1, q, 1, k), term(1, q, 1, l));
        assertThat(error.total()).isEqualTo(WORST * (first + second + roundings + summing));
        // Products of equal keys round alike, sums of different ones do not.
        assertThat(error.betweenSelected()).isEqualTo(WORST * (first + second + summing));
    }

    /** One-hots of one s-op on either side are one part: one product at a time is not zero, and of those it is 1. */
    @Test
    void aTableOfOneHotsIsExact() {
        digit.forEach(d -> stream.write(d, ByHand.number(0, 1, 0), 0));
        other.forEach(d -> stream.write(d, ByHand.number(0, 1, 0), 0));

        ScoreError table =
                error(MEAN, term(0.3, digit.get(0), 1, other.get(0)), term(0.3, digit.get(1), 1, other.get(1)));

        // A query's weight is one of few digits or not: what it rounds to is the same for all keys.
        assertThat(table.total()).isGreaterThan(7 * U * 0.3);
        assertThat(table.total()).isLessThan(20 * U * 0.3);
        stream = ByHand.stream(Roundoff.FLOAT64);
        digit.forEach(d -> stream.write(d, ByHand.number(0, 1, 0), 0));
        other.forEach(d -> stream.write(d, ByHand.number(0, 1, 0), 0));
        ScoreError exact =
                error(MEAN, term(0.3, digit.get(0), 1, other.get(0)), term(0.3, digit.get(1), 1, other.get(1)));
        assertThat(exact.total()).isEqualTo(WORST * 7 * Roundoff.FLOAT64 * 0.3);
        assertThat(exact.betweenSelected()).isZero();
    }

    /** Two tables, each exact, still sum alike at all keys; three may not. */
    @Test
    void twoExactPartsRoundAlike() {
        stream = ByHand.stream(Roundoff.FLOAT64);
        List<Direction> third = ByHand.family(features, "third", 2);
        for (List<Direction> family : List.of(digit, other, third)) {
            family.forEach(d -> stream.write(d, ByHand.number(0, 1, 0), 0));
        }
        ScoreTerm one = term(0.3, digit.get(0), 1, other.get(0));
        ScoreTerm two = term(0.3, digit.get(0), 1, third.get(0));
        ScoreTerm three = term(0.3, other.get(0), 1, third.get(1));

        double u = Roundoff.FLOAT64;
        assertThat(error(MEAN, one, two).betweenSelected()).isZero();
        assertThat(error(MEAN, one, two).total()).isEqualTo(WORST * (7 * u * 0.3 + 7 * u * 0.3 + 4 * u * 0.6));
        ScoreError sum = error(MEAN, one, two, three);
        assertThat(sum.betweenSelected()).isEqualTo(WORST * (5 * u * (0.3 + 0.3 + 0.3)));
    }

    /** Ints come out to the last bit until they are divided, and equal ones are divided alike. */
    @Test
    void scoresOfIntsAreDividedAlone() {
        stream = ByHand.stream(Roundoff.FLOAT64);
        stream.write(q, ByHand.ints(0, 3, 0), 0);
        stream.write(k, ByHand.ints(-2, 1, 0), 0);
        stream.write(l, ByHand.ints(0, 4, 0), 0);

        double u = Roundoff.FLOAT64;
        ScoreError error = error(MEAN, term(100, q, 1, k), term(50, q, 1, l), bos(75));
        assertThat(error.betweenSelected()).isZero();
        assertThat(error.total()).isEqualTo(WORST * (2 * u * (600 + 600) + 2 * u * 75));
    }

    /** The scale has ten digits, so that scores and their factors have that much less room: else products round, not divisions alone. */
    @Test
    void scoresOfIntsNeedRoomForTheScale() {
        stream.write(k, ByHand.ints(0, 1, 0), 0);
        stream.write(q, ByHand.ints(0, 1, 0), 0);
        assertThat(error(MEAN, term(1, q, 1, k)).total()).isEqualTo(WORST * 2 * U);
        stream.write(q, ByHand.ints(0, 1, 0), 0);
        assertThat(error(MEAN, term(1, q, 1, k)).total()).isEqualTo(WORST * 7 * U * 2);
        // Query and key have room, their product has not.
        stream = ByHand.stream(U);
        stream.write(q, ByHand.ints(0, 1, 0), 0);
        stream.write(k, ByHand.ints(0, 2, 0), 0);
        assertThat(error(MEAN, term(1, q, 1, k)).total()).isEqualTo(WORST * 7 * U * 2);
    }

    @Test
    void aQuerysWeightNeedsRoomForTheScale() {
        double little = 0x1p-20;
        stream.write(q, ByHand.ints(0, little, 0), 0);
        stream.write(k, ByHand.ints(0, 1, 0), 0);

        assertThat(error(MEAN, term(1, q, 1, k)).total()).isEqualTo(WORST * 2 * U * little);
        assertThat(error(MEAN, term(3, q, 1, k)).total()).isEqualTo(WORST * 7 * U * 3 * little);
        assertThat(error(MEAN, term(-3, q, 1, k)).total()).isEqualTo(WORST * 7 * U * 3 * little);
        assertThat(error(MEAN, term(1, q, 3, k)).total()).isEqualTo(WORST * 2 * U * 3 * little);
    }

    /** One term that rounds, and all do. */
    @Test
    void everyTermHasToBeKept() {
        stream.write(q, ByHand.ints(0, 0x1p-20, 0), 0);
        stream.write(k, ByHand.ints(0, 0x1p-20, 0), 0);
        stream.write(l, ByHand.number(0, 0x1p-20, 0), 0);

        double size = 0x1p-40;
        assertThat(error(MEAN, term(1, q, 1, k), term(2, q, 1, k)).total()).isEqualTo(WORST * 2 * U * 3 * size);
        assertThat(error(MEAN, term(1, q, 1, k), term(1, q, 1, l)).total()).isGreaterThan(WORST * 7 * U * 2 * size);
        assertThat(error(MEAN, term(1, q, 1, k), term(1, l, 1, k)).total()).isGreaterThan(WORST * 7 * U * 2 * size);
    }

    @Test
    void keysOfAnyDigitsAreRounded() {
        stream = ByHand.stream(Roundoff.FLOAT64);
        stream.write(q, ByHand.ints(0, 3, 0), 0);
        stream.write(k, ByHand.number(-2, 1, 0), 0);
        stream.write(l, ByHand.ints(-2, 1, 1e-5), 0);

        double u = Roundoff.FLOAT64;
        // What k is rounded by as it is read, and that times what q is.
        assertThat(error(MEAN, term(1, q, 1, k)).betweenSelected()).isEqualTo(WORST * 3 * 4 * u * 2);
        assertThat(error(MEAN, term(1, k, 1, q)).betweenSelected()).isEqualTo(WORST * 3 * 4 * u * 2);
        assertThat(error(MEAN, term(1, q, 1, l)).betweenSelected()).isGreaterThan(3e-5);
        assertThat(error(MEAN, term(1, l, 1, q)).betweenSelected()).isGreaterThan(3e-5);
    }

    /** Products that hold noise alone are added too, and round what is there by no more than they are. */
    @Test
    void productsOfNoiseRoundToo() {
        for (double noise : new double[] {0x1p-8, 0x1p-30}) {
            stream = ByHand.stream(U);
            digit.forEach(d -> stream.write(d, ByHand.number(0, 1, noise), noise));
            other.forEach(d -> stream.write(d, ByHand.number(0, 1, 0), 0));
            var terms = new ScoreTerm[3];
            for (int i = 0; i < 3; i++) {
                terms[i] = term(1, digit.get(i), 1, other.get(i));
            }
            // All of the family's noise, and what reading it rounds; the keys are exact.
            double each = noise + Math.min(noise * (1 + 4 * U), 2 * U * (1 + noise));
            double own = Math.min(each, 3 * each);
            double strays = Math.min(own, 2 * U * 2);

            assertThat(error(MEAN, terms).total()).isCloseTo(WORST * (own + 7 * U + strays), within(1e-15));
        }
    }

    /** Noise of keys meets the one query that is not 0, each key's by itself; or, of several queries, that of all keys meets the greatest. */
    @Test
    void noiseOfKeysMeetsTheQueries() {
        double noise = 0x1p-8;
        digit.forEach(d -> stream.write(d, ByHand.number(0, 1, 0), 0));
        other.forEach(d -> stream.write(d, ByHand.number(0, 1, noise), noise));
        var terms = new ScoreTerm[3];
        for (int i = 0; i < 3; i++) {
            terms[i] = term(1, digit.get(i), 1, other.get(i));
        }
        double each = noise + 2 * U * (1 + noise);
        double strays = 2 * U * 2;
        assertThat(error(MEAN, terms).total()).isCloseTo(WORST * (each + 7 * U + strays), within(1e-15));

        stream = ByHand.stream(U);
        Direction first = q;
        Direction second = Direction.number(features.named("r"));
        stream.write(first, ByHand.ints(0, 3, 0), 0);
        stream.write(second, ByHand.ints(0, 2, 0), 0);
        digit.forEach(d -> stream.write(d, ByHand.number(0, 1, 0.25), 0x1p-8));
        ScoreError numbers = error(MEAN, term(1, first, 1, digit.get(0)), term(1, second, 1, digit.get(1)));
        double joint = 3 * 0x1p-8;
        double total = joint + 2 * U * 2 * (1 + joint) + U * (1 + 3);
        double size = 3;
        double own = 3 * total;
        assertThat(numbers.total())
                .isCloseTo(WORST * (own + 7 * U * size + Math.min(own, 2 * U * size)), within(1e-15));
    }

    /** BOS's score may have more digits than there is room for beside the scale: then all of it is rounded. */
    @Test
    void bossScoreNeedsRoomForTheScale() {
        stream.write(q, ByHand.ints(0, 1, 0), 0);
        ScoreTerm little = new ScoreTerm(LinearForm.of(q), LinearForm.of(Direction.BOS));
        assertThat(error(MEAN, little).total()).isEqualTo(WORST * 2 * U);
        ScoreTerm more = new ScoreTerm(LinearForm.constant(64).plus(LinearForm.of(q)), LinearForm.of(Direction.BOS));
        assertThat(error(MEAN, more).total()).isEqualTo(WORST * 5 * U * 65);
    }

    /** Who sums reads what scores come to: its factor is made for float64, and no other. */
    @Test
    void sumsInOtherArithmeticsAreNotCalibrated() {
        var sum = new HeadKind.Sum(50, 1, 50, 50);
        stream.write(q, ByHand.ints(0, 1, 0), 0);
        stream.write(k, ByHand.ints(0, 1, 0), 0);
        ScoreError other = error(sum, term(1, q, 1, k));
        assertThat(other.betweenSelected()).isEqualTo(other.total()).isPositive();
        assertThat(error(MEAN, term(1, q, 1, k)).betweenSelected()).isZero();

        stream = ByHand.stream(Roundoff.FLOAT64);
        stream.write(q, ByHand.ints(0, 1, 0), 0);
        stream.write(k, ByHand.ints(0, 1, 0), 0);
        assertThat(error(sum, term(1, q, 1, k)).betweenSelected()).isZero();
        assertThat(error(sum, term(1, q, 1, k)).total()).isEqualTo(WORST * 2 * Roundoff.FLOAT64);
    }

    /** Where the coordinate bos is edited every other key gets a part of BOS's score. */
    @Test
    void anEditOfBosReachesAllKeys() {
        stream = ByHand.stream(Roundoff.FLOAT64);
        double edit = 0x1p-20;
        stream.edit(new Edits(edit, ImmutableMap.of()));

        ScoreError error = error(MEAN, bos(48));

        // The constant moves by its own part of the edit.
        double own = 48 * edit;
        assertThat(error.total() / WORST).isBetween(own + edit * (48 + own), own + edit * (48 + own) + 1e-13);
        assertThat(error.betweenSelected() / WORST).isBetween(edit * (48 + own), edit * (48 + own) + 1e-13);
    }
}
