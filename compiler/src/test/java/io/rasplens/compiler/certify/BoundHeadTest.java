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
import io.rasplens.compiler.circuit.ValueTerm;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What heads write whose scores are known to the last bit. */
class BoundHeadTest {
    private static final int KEYS = 5;

    /** Five keys together leak 5/32. */
    private static final double GAP = Math.log(32);

    private static final double OTHER = 1.0 / 32;
    private static final double CLOSE = 1e-12;
    private final Features features = new Features();
    private final Direction x = Direction.number(features.named("x"));
    private final Direction y = Direction.number(features.named("y"));
    private final Direction out = Direction.number(features.named("out"));
    private final List<Direction> digit = ByHand.family(features, "digit", 3);
    private final List<Direction> copy = ByHand.family(features, "copy", 3);
    private final StreamBounds stream = ByHand.stream(U);

    private BoundHead.BoundedHead bound(HeadKind kind, ValueTerm... values) {
        return bound(kind, ImmutableList.of(), values);
    }

    private BoundHead.BoundedHead bound(HeadKind kind, ImmutableList<ScoreTerm> scores, ValueTerm... values) {
        var head = new Head(scores, ImmutableList.copyOf(values), kind, PartOrigin.shared("h", "head"));
        return new BoundHead(stream, head, KEYS).bound();
    }

    private static ValueTerm value(double read, Direction from, double written, Direction to) {
        return new ValueTerm(LinearForm.of(from, read), LinearForm.of(to, written));
    }

    /** A score of which all that is known is that it is off by this much, relative to the scale's rounding. */
    private ImmutableList<ScoreTerm> noisyScores(double noise) {
        Direction key = Direction.number(features.named("key"));
        stream.write(key, ByHand.number(0, 0, noise), 0);
        return ImmutableList.of(new ScoreTerm(LinearForm.constant(1), LinearForm.of(key)));
    }

    private Bound written(BoundHead.BoundedHead result) {
        return ByHand.at(result.written(), out);
    }

    /** One key is copied: what the others leak comes twice, the loss of the copied and what comes in its place; six roundings. */
    @Test
    void aCopyIsOffByWhatLeaks() {
        stream.write(x, ByHand.number(2, 6, 0.125), 0);

        BoundHead.BoundedHead result = bound(new HeadKind.Mean(GAP, HeadKind.Keys.ONE), value(1, x, 3, out));

        assertThat(result.leak()).isCloseTo(KEYS * OTHER, within(CLOSE));
        assertThat(written(result).low()).isZero();
        assertThat(written(result).high()).isEqualTo(18);
        double read = 0.125 + 4 * U * 6;
        double off = read + (2 * KEYS * OTHER + 6 * U) * 6;
        assertThat(written(result).error()).isCloseTo(3 * off + U * 4 * 18, within(CLOSE));
        // Of a number that is never 0: relative to what it is, but for what leaks from greater ones.
        assertThat(written(result).base()).isCloseTo(3 * 2 * KEYS * OTHER * 6, within(CLOSE));
        assertThat(written(result).relative()).isCloseTo(6 * U + read / 2 + (KEYS + 4) * U, within(CLOSE));
        assertThat(result.familyShare()).isEmpty();
    }

    /** A number that can be 0, and errs by a part of itself and by a rest, errs so behind a mean too. */
    @Test
    void aMeanErrsByAPartOfItself() {
        stream.write(x, ByHand.number(0, 1000, 1).near(0, 1e-6, 1e-3), 0);

        Bound mean = written(bound(new HeadKind.Mean(GAP, HeadKind.Keys.ANY), value(1, x, 3, out)));

        double relative = 1e-3 + (2 * KEYS + 8) * U + (KEYS + 4) * U;
        assertThat(mean.centre()).isZero();
        assertThat(mean.relative()).isCloseTo(relative * (1 + relative), within(CLOSE));
        assertThat(mean.base()).isCloseTo(3 * (2 * KEYS * OTHER * 1000 + 1e-6 * (1 + relative)), within(CLOSE));
        assertThat(mean.error()).isGreaterThan(3);
    }

    /** Of numbers of both signs the mean can be small where they are not. */
    @Test
    void aMeanOfBothSignsIsNotKnownBetterAtZero() {
        stream.write(x, ByHand.number(-1000, 1000, 1).near(0, 1e-6, 1e-3), 0);

        Bound mean = written(bound(new HeadKind.Mean(GAP, HeadKind.Keys.ANY), value(1, x, 3, out)));

        assertThat(mean.relative()).isZero();
        assertThat(mean.base()).isEqualTo(mean.error());
    }

    @Test
    void noMoreThanEverythingLeaks() {
        stream.write(x, ByHand.number(0, 1, 0), 0);

        assertThat(bound(new HeadKind.Mean(0, HeadKind.Keys.ONE), value(1, x, 1, out))
                        .leak())
                .isEqualTo(1);
        assertThat(bound(new HeadKind.Part(0, 0), value(1, x, 1, out)).leak()).isEqualTo(1);
        assertThat(bound(new HeadKind.Count(0, 1, 0), value(1, x, 1, out)).leak())
                .isEqualTo(1);
    }

    /** Where a quarter of an ulp leaks at the most the weight is exactly 1. */
    @Test
    void aCopyOfOneWholeWeightIsTheValue() {
        stream.write(x, ByHand.ints(2, 6, 0), 0);

        Bound whole = written(bound(new HeadKind.Mean(50, HeadKind.Keys.ONE), value(1, x, 1, out)));
        assertThat(whole.error()).isLessThan(1e-18);
        assertThat(whole.grid()).isEqualTo(1);
        double nearly = Math.log(KEYS / (U / 4)) - 1e-3;
        Bound almost = written(bound(new HeadKind.Mean(nearly, HeadKind.Keys.ONE), value(1, x, 1, out)));
        assertThat(almost.error()).isGreaterThan(6 * U * 6);
        double just = nearly + 2e-3;
        assertThat(written(bound(new HeadKind.Mean(just, HeadKind.Keys.ONE), value(1, x, 1, out)))
                        .error())
                .isLessThan(U / 2 * 6 * 1.01);
    }

    /** Several weights carry the roundings of their sum, so that equal values come out rounded. */
    @Test
    void aMeanRoundsInItsWeights() {
        stream.write(x, ByHand.number(-2, 6, 0), 0);

        for (HeadKind.Keys selected : List.of(HeadKind.Keys.EQUAL, HeadKind.Keys.ANY)) {
            Bound mean = written(bound(new HeadKind.Mean(GAP, selected), value(1, x, 1, out)));
            double off = 4 * U * 6 + (2 * KEYS * OTHER + (2 * KEYS + 8) * U) * 6;
            assertThat(mean.low()).isEqualTo(-2);
            assertThat(mean.high()).isEqualTo(6);
            assertThat(mean.error()).isCloseTo(off, within(CLOSE));
            assertThat(mean.base()).isEqualTo(mean.error());
            assertThat(mean.relative()).isZero();
        }
    }

    /** Scores off by S move a mean by S/2 of what the values differ by, and equal values come out whatever the weights. */
    @Test
    void unevenWeightsMoveAMeanByWhatValuesDifferBy() {
        stream.write(x, ByHand.number(4, 6, 0), 0);
        double noise = 0.01;
        ImmutableList<ScoreTerm> scores = noisyScores(noise);

        double scored = (1 + ScoreScale.EXCESS) * noise;
        double leak = KEYS * OTHER * Math.exp(2 * scored);
        double alike = 4 * U * 6 + (2 * leak + (2 * KEYS + 8) * U) * 6;
        Bound equal = written(bound(new HeadKind.Mean(GAP, HeadKind.Keys.EQUAL), scores, value(1, x, 1, out)));
        assertThat(equal.error()).isCloseTo(alike, within(CLOSE));
        Bound any = written(bound(new HeadKind.Mean(GAP, HeadKind.Keys.ANY), scores, value(1, x, 1, out)));
        assertThat(any.error()).isCloseTo(alike + scored / 2 * 2, within(CLOSE));
        assertThat(bound(new HeadKind.Mean(GAP, HeadKind.Keys.ANY), scores, value(1, x, 1, out))
                        .leak())
                .isCloseTo(leak, within(CLOSE));
    }

    /** Whatever the weights, values and scores: some move a mean nearly as far as is allowed for, none farther. */
    @Test
    void noWeightsMoveAMeanFarther() {
        double off = 0.3;
        var random = new Random(1);
        double farthest = 0;
        for (int trial = 0; trial < 20_000; trial++) {
            double[] moved = new double[2];
            double[] total = new double[2];
            for (int key = 0; key < KEYS; key++) {
                double score = 6 * random.nextDouble();
                double value = random.nextInt(4) == 0 ? random.nextDouble() : random.nextInt(2);
                double edited = score + off * (2 * random.nextInt(2) - 1);
                moved[0] += Math.exp(score) * value;
                moved[1] += Math.exp(edited) * value;
                total[0] += Math.exp(score);
                total[1] += Math.exp(edited);
            }
            farthest = Math.max(farthest, Math.abs(moved[1] / total[1] - moved[0] / total[0]));
        }
        assertThat(farthest).isBetween(0.95 * Math.tanh(off / 2), Math.tanh(off / 2));

        stream.write(x, ByHand.number(0, 1, 0), 0);
        ValueTerm value = value(1, x, 1, out);
        double still =
                written(bound(new HeadKind.Mean(40, HeadKind.Keys.ANY), value)).error();
        double edited = written(bound(new HeadKind.Mean(40, HeadKind.Keys.ANY), noisyScores(off), value))
                .error();
        assertThat(edited - still).isBetween(farthest, (1 + ScoreScale.EXCESS) * off / 2 * (1 + 1e-6));
    }

    /** BOS has its weight in a part of a mean, so that errors of scores move what comes out by itself. */
    @Test
    void aPartOfAMeanMovesWithBos() {
        stream.write(x, ByHand.number(-2, 6, 0), 0);
        double noise = 0.01;
        double scored = (1 + ScoreScale.EXCESS) * noise;

        BoundHead.BoundedHead result = bound(new HeadKind.Part(GAP, 2 * GAP), noisyScores(noise), value(1, x, 1, out));

        double leak = KEYS * OTHER * Math.exp(2 * scored);
        assertThat(result.leak()).isCloseTo(leak, within(CLOSE));
        // From -2 to 6 it is less than twice 6, of which S/2 moves.
        double relative = (2 * KEYS + 8) * U + 2 * scored / 2;
        assertThat(written(result).error()).isCloseTo(4 * U * 6 + (2 * leak + relative) * 6, within(CLOSE));
        assertThat(written(result).grid()).isEqualTo(BinaryGrid.NONE);
    }

    /** All keys but BOS can add up; each is off by its own leak, what it takes from BOS's share, and the sum's roundings. */
    @Test
    void aSumIsOfAllKeys() {
        stream.write(x, ByHand.ints(1, 2, 0), 0);
        double lambda = Math.log(1 << 20);
        BoundHead.BoundedHead result = bound(new HeadKind.Sum(GAP, 1, GAP, lambda), value(1, x, 1, out));

        double relative = KEYS * 0x1p-20 + (KEYS / 2.0 + 12) * U;
        double off = (KEYS - 1) * (OTHER + relative) * 2;
        assertThat(result.leak()).isCloseTo(KEYS * OTHER * 0x1p-20, within(CLOSE));
        assertThat(written(result).low()).isZero();
        assertThat(written(result).high()).isEqualTo(8);
        // A sum of copies of one number is copied, with nothing else on its way.
        assertThat(written(result).error()).isCloseTo(off, within(CLOSE));
        assertThat(written(result).grid()).isEqualTo(1);
    }

    /** With B and four keys no more than 4 of B + 4 comes out. */
    @Test
    void aCountIsSqueezed() {
        stream.write(x, ByHand.ints(2, 2, 0), 0);
        BoundHead.BoundedHead result = bound(new HeadKind.Count(GAP, 2, 0), value(1, x, 1, out));

        double share = 4 / (2 + 4.0);
        double unselected = OTHER * (2 + 4) / 2;
        double relative = (KEYS + 12) * U;
        assertThat(result.leak()).isCloseTo(4 * OTHER, within(CLOSE));
        assertThat(written(result).high()).isCloseTo(share * 2, within(CLOSE));
        assertThat(written(result).error()).isCloseTo(share * (unselected + relative) * 2, within(CLOSE));
        assertThat(written(result).grid()).isEqualTo(BinaryGrid.NONE);

        BoundHead.BoundedHead blurred = bound(new HeadKind.Count(GAP, 2, 0.25), value(1, x, -3, out));
        assertThat(written(blurred).error())
                .isCloseTo(3 * share * (unselected + relative) * 2 + U * 4 * share * 6 + 3 * 0.25, within(CLOSE));
        assertThat(written(blurred).low()).isCloseTo(-3 * share * 2, within(CLOSE));
    }

    @Test
    void noiseOfScoresMovesCountsAndSums() {
        stream.write(x, ByHand.ints(1, 1, 0), 0);
        double noise = 0.01;
        double scored = (1 + ScoreScale.EXCESS) * noise;
        double less = Math.exp(2 * scored);
        ImmutableList<ScoreTerm> scores = noisyScores(noise);

        double share = 4 / (2 + 4.0);
        Bound count = written(bound(new HeadKind.Count(GAP, 2, 0), scores, value(1, x, 1, out)));
        double relative = scored / 2 / share + (KEYS + 12) * U;
        assertThat(count.error()).isCloseTo(share * (OTHER * less * 3 + relative), within(CLOSE));

        double lambda = Math.log(1 << 20);
        Bound sum = written(bound(new HeadKind.Sum(GAP, 1, GAP, lambda), scores, value(1, x, 1, out)));
        double ofSum = Math.expm1(2 * scored) + KEYS * 0x1p-20 * less + (KEYS / 2.0 + 12) * U;
        assertThat(sum.error()).isCloseTo(4 * (OTHER * less + ofSum), within(CLOSE));
    }

    /** An edit of BOS's row puts a value where there is none, e^Λ times in a sum. */
    @Test
    void editsStandAtBosToo() {
        stream.write(x, ByHand.ints(1, 1, 0), 0);
        Bound count = written(bound(new HeadKind.Count(GAP, 2, 0), value(1, x, 2, out)));
        double lambda = Math.log(1 << 20);
        Bound sum = written(bound(new HeadKind.Sum(GAP, 1, GAP, lambda), value(1, x, 2, out)));
        double edit = 0x1p-8;
        stream.edit(new Edits(edit, ImmutableMap.of(x, 1.0)));
        double read = stream.form(LinearForm.of(x)).error();
        double share = 4 / (2 + 4.0);

        Bound edited = written(bound(new HeadKind.Count(GAP, 2, 0), value(1, x, 2, out)));
        // Each value is off, and BOS's, of no weight more than 1.
        assertThat(edited.error() - count.error()).isCloseTo(2 * share * read + 2 * read, within(CLOSE));
        Bound editedSum = written(bound(new HeadKind.Sum(GAP, 1, GAP, lambda), value(1, x, 2, out)));
        assertThat(editedSum.error() - sum.error()).isCloseTo(2 * read * (1 << 20), within(0.1 * (1 << 20) * edit));
    }

    /** What heads make of the edit of BOS's own coordinate is one number: a constant's part, less what other keys take from BOS. */
    @Test
    void whatComesOfBossOwnEditIsToldApart() {
        stream.write(x, ByHand.number(1, 1, 0), 0);
        double edit = 0x1p-8;
        stream.edit(new Edits(edit, ImmutableMap.of(x, 1.0)));
        LinearForm read = LinearForm.of(x).plus(LinearForm.constant(3));
        double off = stream.form(read).error();
        var value = new ValueTerm(read, LinearForm.of(out, -2));

        BoundHead.BoundedHead result = bound(new HeadKind.Count(GAP, 64, 0.25), value, value(1, x, 4, out));

        double share = 4 / (64 + 4.0);
        double relative = (KEYS + 12) * U;
        double weights = OTHER * (64 + 4) / 64 + relative;
        double first = share * (off + weights * 4);
        double second = share * (stream.form(LinearForm.of(x)).error() + weights);
        double rounding = U * (2 + 3) * share * Math.min(2 * 4 + 4, 4 * (4 + 1));
        double shared = 3 * edit;
        double ownShare = 1 - share * (1 + relative);
        double atBos = off - shared * ownShare + shared;
        double other = stream.form(LinearForm.of(x)).error();
        assertThat(written(result).error())
                .isCloseTo(2 * first + 4 * second + rounding + 2 * (0.25 + atBos) + 4 * (0.25 + other), within(CLOSE));
        assertThat(result.ofBos()).containsOnlyKeys(out);
        assertThat(result.ofBos().get(out)).isCloseTo(-2 * shared, within(CLOSE));
        assertThat(bound(new HeadKind.Count(GAP, 64, 0), value, value).ofBos().get(out))
                .isCloseTo(-4 * shared, within(CLOSE));
    }

    /** Where other keys take a quarter of BOS's share heads differ in what is left of it. */
    @Test
    void whereOthersTakeMuchNothingIsShared() {
        double edit = 0x1p-8;
        stream.edit(new Edits(edit, ImmutableMap.of()));
        var value = new ValueTerm(LinearForm.constant(3), LinearForm.of(out));

        // Four keys and the roundings of their shares: a quarter of 12 and 4 just is too much, of 13 and 4 is not.
        assertThat(bound(new HeadKind.Count(GAP, 12, 0), value).ofBos().get(out))
                .isZero();
        assertThat(bound(new HeadKind.Count(GAP, 13, 0), value).ofBos().get(out))
                .isCloseTo(3 * edit, within(CLOSE));
    }

    /** Sizes of numbers below zero count as those above. */
    @Test
    void numbersBelowZeroRoundByTheirSize() {
        stream.write(x, ByHand.number(-6, 1, 0), 0);
        stream.write(y, ByHand.number(-4, 2, 0), 0);

        Bound both = written(bound(new HeadKind.Mean(50, HeadKind.Keys.ONE), value(1, x, 3, out), value(1, y, 2, out)));

        double read = 3 * 4 * U * 6 + 2 * 4 * U * 4;
        assertThat(both.error()).isCloseTo(read + U * (2 + 3) * (3 * 6 + 2 * 4), within(CLOSE));
    }

    /** Values of one family write one direction: one of them is on, at each of four keys. */
    @Test
    void aSumOfOneHotsRoundsAsOneValueDoes() {
        digit.forEach(d -> stream.write(d, ByHand.number(0, 1, 0), 0));
        double lambda = 50;
        Bound sum = written(bound(
                new HeadKind.Sum(50, 1, 50, lambda),
                value(1, digit.get(0), 0.3, out),
                value(1, digit.get(1), 0.3, out),
                value(1, digit.get(2), 0.3, out)));

        double relative = (KEYS / 2.0 + 12) * U;
        double strays = 2 * U * 2 * 0.3 * 4;
        assertThat(sum.error()).isCloseTo(0.3 * 4 * relative + U * (1 + 3) * 0.3 * 4 + strays, within(CLOSE));
    }

    /** One of several values is on, and each is written as it is: nothing is added up. */
    @Test
    void valuesOfOneFamilyAreCopiedIntoOneDirection() {
        digit.forEach(d -> stream.write(d, ByHand.number(0, 1, 0), 0));
        Bound one = written(bound(
                new HeadKind.Mean(100, HeadKind.Keys.ONE),
                value(1, digit.get(0), 1, out),
                value(1, digit.get(1), 1, out)));
        assertThat(one.error()).isLessThan(1e-18);
    }

    /** Great noise makes round no more than two roundings of everything each. */
    @Test
    void muchNoiseRoundsNoMoreThanWhatIsThere() {
        double noise = 0.0625;
        digit.forEach(d -> stream.write(d, ByHand.number(0, 1, noise), 3));

        Bound sum = written(bound(
                new HeadKind.Mean(100, HeadKind.Keys.ONE),
                value(1, digit.get(0), 0.3, out),
                value(1, digit.get(1), 0.3, out),
                value(1, digit.get(2), 0.3, out)));

        double read = noise + 2 * U * (1 + noise);
        double magnitude = 0.3;
        assertThat(sum.error())
                .isCloseTo(3 * 0.3 * read + U * (1 + 3) * magnitude + 2 * U * 2 * magnitude, within(1e-15));
    }

    /** Errors relative to a number are known where it is never 0 but with its error, or has none. */
    @Test
    void errorsAreRelativeToNumbersThatAreNeverZero() {
        HeadKind copy = new HeadKind.Mean(GAP, HeadKind.Keys.ONE);
        double unselected = 2 * KEYS * OTHER;
        stream.write(x, ByHand.ints(0, 4, 0), 0);
        Bound exact = written(bound(copy, value(1, x, 3, out)));
        assertThat(exact.base()).isCloseTo(3 * unselected * 4, within(CLOSE));
        assertThat(exact.relative()).isCloseTo(6 * U + (KEYS + 4) * U, within(CLOSE));

        stream.write(y, ByHand.number(0, 4, 0.125), 0);
        Bound fromZero = written(bound(copy, value(1, y, 3, out)));
        assertThat(fromZero.base()).isEqualTo(fromZero.error());
        assertThat(fromZero.relative()).isZero();
        Bound below = written(bound(copy, value(-1, x, 3, out)));
        assertThat(below.base()).isEqualTo(below.error());
        Bound two = written(bound(copy, value(1, x, 3, out), value(1, x, 1, out)));
        assertThat(two.base()).isEqualTo(two.error());
    }

    /** Of a sum each of four keys leaks; of a mean of any values weights that differ count, relative to each. */
    @Test
    void relativeErrorsCountKeysAndWeights() {
        stream.write(x, ByHand.number(4, 6, 0), 0);
        double lambda = Math.log(1 << 20);
        Bound sum = written(bound(new HeadKind.Sum(GAP, 1, GAP, lambda), value(1, x, 3, out)));
        assertThat(sum.base()).isCloseTo(3 * 4 * OTHER * 6, within(CLOSE));

        double noise = 0.01;
        double uneven = Math.expm1(2 * (1 + ScoreScale.EXCESS) * noise);
        Bound mean = written(bound(new HeadKind.Mean(GAP, HeadKind.Keys.ANY), noisyScores(noise), value(1, x, 1, out)));
        assertThat(mean.relative())
                .isCloseTo((2 * KEYS + 8) * U + uneven + 4 * U * 6 / 4 + (KEYS + 4) * U, within(CLOSE));
    }

    @Test
    void smallPowersAreNotCancelled() {
        assertThat(BoundHead.expm1(0)).isZero();
        assertThat(BoundHead.expm1(1e-17)).isEqualTo(1e-17);
        for (double x : new double[] {1e-15, 3e-12, 1e-6, 0.5, 3}) {
            assertThat(BoundHead.expm1(x)).isCloseTo(Math.expm1(x), within(4e-16 * Math.expm1(x)));
        }
        assertThat(BoundHead.expm1(1000)).isInfinite();
    }

    /** A one-hot: one value is not 0, so all together are off by no more than one. */
    @Test
    void oneHotsAreCopiedAsAFamily() {
        digit.forEach(d -> stream.write(d, new Bound(0, 1, 0.0625, BinaryGrid.NONE), 0.125));
        ValueTerm[] values = new ValueTerm[3];
        for (int i = 0; i < 3; i++) {
            values[i] = value(1, digit.get(i), 1, copy.get(i));
        }

        BoundHead.BoundedHead result = bound(new HeadKind.Mean(GAP, HeadKind.Keys.ONE), values);

        double weights = 2 * KEYS * OTHER + 6 * U;
        for (Direction d : copy) {
            Bound bound = ByHand.at(result.written(), d);
            assertThat(bound.low()).isZero();
            assertThat(bound.high()).isEqualTo(1);
            assertThat(bound.error()).isCloseTo(0.0625 + 2 * U * 1.0625 + weights, within(CLOSE));
        }
        double read = 3 * (0.0625 + 2 * U * 1.0625);
        assertThat(result.familyShare())
                .containsOnlyKeys(copy.get(0).feature())
                .hasEntrySatisfying(
                        copy.get(0).feature(), share -> assertThat(share).isCloseTo(read + weights, within(CLOSE)));
    }

    /** What several values write in one direction adds up, and rounds as often as they are written. */
    @Test
    void valuesMayMeetInOneDirection() {
        stream.write(x, ByHand.number(1, 2, 0), 0);
        stream.write(y, ByHand.number(-3, 4, 0), 0);

        Bound both =
                written(bound(new HeadKind.Mean(50, HeadKind.Keys.ONE), value(1, x, 5, out), value(1, y, -7, out)));

        assertThat(both.low()).isEqualTo(Math.min(0, 5 * 1) - 7 * 4);
        assertThat(both.high()).isEqualTo(5 * 2 + 7 * 3);
        // No more than one of the weights times all values comes out.
        double size = Math.min(5 * 2 + 7 * 4, 7 * (2 + 4));
        double read = 5 * 4 * U * 2 + 7 * 4 * U * 4;
        assertThat(both.error()).isCloseTo(read + U * (2 + 3) * size, within(CLOSE));
    }

    @Test
    void intsInOneDirectionDoNotRound() {
        stream.write(x, ByHand.ints(0, 2, 0), 0);
        stream.write(y, ByHand.ints(0, 4, 0), 0);

        Bound both =
                written(bound(new HeadKind.Mean(50, HeadKind.Keys.ONE), value(1, x, 6, out), value(1, y, 10, out)));
        assertThat(both.error()).isLessThan(1e-18);
        assertThat(both.grid()).isEqualTo(2);
        Bound rounded =
                written(bound(new HeadKind.Mean(50, HeadKind.Keys.ONE), value(1, x, 0.1, out), value(1, y, 1, out)));
        assertThat(rounded.error()).isGreaterThan(U * 4);
        assertThat(rounded.grid()).isEqualTo(BinaryGrid.NONE);
        assertThat(written(bound(new HeadKind.Mean(50, HeadKind.Keys.ANY), value(1, x, 1, out)))
                        .grid())
                .isEqualTo(BinaryGrid.NONE);
        assertThat(written(bound(new HeadKind.Mean(50, HeadKind.Keys.EQUAL), value(1, x, 1, out)))
                        .grid())
                .isEqualTo(1);
    }

    @Test
    void aDirectionOfItsOwnIsCopiedBesideOthers() {
        stream.write(x, ByHand.number(0, 2, 0), 0);
        stream.write(y, ByHand.number(0, 4, 0), 0);

        BoundHead.BoundedHead two =
                bound(new HeadKind.Mean(50, HeadKind.Keys.ONE), value(1, x, 1, out), value(1, y, 1, copy.get(0)));

        assertThat(ByHand.at(two.written(), out).error()).isCloseTo(4 * U * 2, within(CLOSE));
        assertThat(ByHand.at(two.written(), copy.get(0)).error()).isCloseTo(4 * U * 4, within(CLOSE));
        assertThat(Stream.of(out, copy.get(0)).allMatch(two.written()::containsKey))
                .isTrue();
    }

    /** Three values in one direction, of which one is not 0: the others' noise is added nonetheless. */
    @Test
    void valuesOfNoiseRoundWhatTheyAreAddedTo() {
        double noise = 0x1p-40;
        digit.forEach(d -> stream.write(d, ByHand.number(0, 1, noise), noise));

        Bound sum = written(bound(
                new HeadKind.Mean(100, HeadKind.Keys.ONE),
                value(1, digit.get(0), 0.3, out),
                value(1, digit.get(1), 0.3, out),
                value(1, digit.get(2), 0.3, out)));

        double read = noise + noise * (1 + 4 * U);
        double all = 0.3 * 3 * read;
        // Once as it is, once as it is added to what is there.
        assertThat(sum.error()).isCloseTo(all + all + U * 4 * 0.3, within(1e-15));
    }

    /**
     * Noise of scores moves shares between keys and BOS by what both have. Seen by trial: no noise of any signs moves a share by more than is
     * said for it, and the worst by more than half as much.
     */
    @Test
    void whatIsCountedIsKnownBestWhereLittleIsLeftToBos() {
        double noise = 0x1p-10;
        Direction one = Direction.ONE;
        stream.write(one, new Bound(1, 1, 0, 1), 0);
        var kind = new HeadKind.Count(40, 1, 0);

        Bound share = written(bound(kind, noisyScores(noise), value(3, one, 1, out)));

        assertThat(share.centre()).isEqualTo(3);
        assertThat(share.relative()).isBetween(Math.expm1(2 * noise), 1.01 * Math.expm1(2 * noise));
        for (int width = 1; width < KEYS; width++) {
            double p = width / (1.0 + width);
            double up = width * Math.exp(noise) / (width * Math.exp(noise) + Math.exp(-noise));
            double down = width * Math.exp(-noise) / (width * Math.exp(-noise) + Math.exp(noise));
            double said = share.relative() * (3 - 3 * p);
            assertThat(3 * (up - p)).isBetween(said / 2.1, said);
            assertThat(3 * (p - down)).isBetween(said / 2.1, said);
        }
    }
}
