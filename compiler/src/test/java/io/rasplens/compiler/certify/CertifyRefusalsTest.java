package io.rasplens.compiler.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Everything that a certificate is refused for, one by one, and what comes just short of it. */
class CertifyRefusalsTest {
    private static final double U = Roundoff.FLOAT64;
    private static final PartOrigin ORIGIN = PartOrigin.shared("part", "for a test");
    private final Features features = new Features();
    private final Direction x = Direction.number(features.named("x"));
    private final Direction out = Direction.number(features.named("out"));

    private static OutputDecoder listed(double... numbers) {
        return new OutputDecoder.Numerical(
                DoubleStream.of(numbers).mapToObj(Value::of).collect(ImmutableList.toImmutableList()));
    }

    /** Answers what the tokens are, as it stands in the stream. */
    private Circuit answer(OutputDecoder decoder, double... tokens) {
        return ByHand.circuit(
                DoubleStream.of(tokens).mapToObj(t -> LinearForm.of(x, t)).toList(),
                3,
                List.of(),
                List.of(LinearForm.of(x)),
                decoder);
    }

    private static Certification certify(Circuit circuit, double rounding) {
        return CertifyCircuit.certify(circuit, rounding, U);
    }

    @Test
    void nothingIsWrongWithInts() {
        Certification ints = certify(answer(ByHand.NUMBER, 1, 2, 3), 0);

        assertThat(ints).isEqualTo(new Certification(0, Double.POSITIVE_INFINITY, 0, Optional.empty()));
        assertThat(certify(answer(listed(1, 2, 5), 1, 2, 5), 0).thresholdMargin())
                .isEqualTo(0.5);
    }

    /** A number is wrong by what its reading rounds, four times where it is as great as can be, and by what the program rounds. */
    @Test
    void aNumberMayNotBeWrongByMoreThanIsPromised() {
        double third = 1e9 / 3;
        Certification wrong = certify(answer(ByHand.NUMBER, third), 0);
        assertThat(wrong.weakness())
                .contains(new Weakness(
                        Optional.empty(),
                        "is a number with an error of up to 1.5e-07, and the limit is 1.0e-09",
                        false));
        assertThat(wrong.numericError()).isInfinite();
        assertThat(wrong.thresholdMargin()).isInfinite();

        double little = 1e6 / 3;
        Certification right = certify(answer(ByHand.NUMBER, little), 0);
        assertThat(right.weakness()).isEmpty();
        assertThat(right.numericError()).isEqualTo(4 * U * little);
    }

    @Test
    void theProgramsOwnRoundingCountsToo() {
        Circuit circuit = answer(ByHand.NUMBER, 1e6 / 3);
        double own = 4 * U * 1e6 / 3;

        assertThat(certify(circuit, 8e-10).numericError()).isCloseTo(8e-10 + own, within(1e-20));
        Certification refused = certify(circuit, 9e-10);
        assertThat(refused.numericError()).isInfinite();
        // As much as is promised is not too much; the program is to blame for what is more.
        assertThat(certify(answer(ByHand.NUMBER, 1, 2), 1e-9).weakness()).isEmpty();
        assertThat(certify(circuit, 1e-9).weakness().orElseThrow().ofProgram()).isFalse();
        // The two together are too much, and neither is alone.
        assertThat(refused.weakness().orElseThrow().ofProgram()).isFalse();
        Weakness ofProgram = certify(circuit, 1.1e-9).weakness().orElseThrow();
        assertThat(ofProgram.ofProgram()).isTrue();
        assertThat(ofProgram.reason())
                .isEqualTo("is rounded by up to 1.1e-09 as the program computes it, so that a transformer can't answer"
                        + " the same; the limit is 1.0e-09");
        Certification mine = certify(answer(ByHand.NUMBER, 1e7 / 3), 9e-10);
        assertThat(mine.weakness().orElseThrow().ofProgram()).isFalse();
        assertThat(mine.weakness().orElseThrow().reason())
                .isEqualTo("is a number with an error of up to 2.4e-09, and the limit is 1.0e-09");
    }

    /** An int is the nearest, so that it may be wrong by a quarter. */
    @Test
    void intsMayBeWrongByMore() {
        var whole = new OutputDecoder.Numerical(ImmutableList.of(), true);
        double great = 1e14 / 3;
        assertThat(certify(answer(whole, great), 0).weakness()).isEmpty();
        assertThat(certify(answer(whole, great), 0.2351).weakness()).isEmpty();
        assertThat(certify(answer(whole, great), 0.236).weakness()).isPresent();
        assertThat(certify(answer(whole, 1e14 / 3), 0.3)
                        .weakness()
                        .orElseThrow()
                        .reason())
                .isEqualTo("is rounded by up to 3.0e-01 as the program computes it, so that a transformer can't answer"
                        + " the same; the limit is 2.5e-01");
        assertThat(certify(answer(whole, 1e15 / 3), 0.11)
                        .weakness()
                        .orElseThrow()
                        .reason())
                .isEqualTo("is a number with an error of up to 2.6e-01, and the limit is 2.5e-01");
    }

    /** A number out of a list is the listed one while errors do not reach half-way to the next. */
    @Test
    void listedNumbersHaveToBeToldApart() {
        double great = 1e15 / 3;
        double error = 4 * U * great;
        Certification near = certify(answer(listed(1, 1.25), great), 0);
        assertThat(near.thresholdMargin()).isEqualTo(0.125 - error);
        assertThat(near.weakness().orElseThrow().reason())
                .isEqualTo("is a number with an error of up to 1.5e-01, and the limit is 1.3e-01");
        Certification far = certify(answer(listed(1, 1.5), great), 0);
        assertThat(far.weakness()).isEmpty();
        assertThat(far.numericError()).isEqualTo(error);
        assertThat(far.thresholdMargin()).isEqualTo(0.25 - error);
    }

    /** Half-way is too far: nothing is left. */
    @Test
    void halfWayToTheNextIsTooFar() {
        double great = 0x1p48 + 1;
        double error = 4 * U * great;
        Certification half = certify(answer(listed(1, 1 + 2 * error), great), 0);

        assertThat(half.thresholdMargin()).isZero();
        assertThat(half.weakness().orElseThrow().reason())
                .isEqualTo("is a number with an error of up to 1.3e-01, and the limit is 1.3e-01");
    }

    /** What is wrong by less than half-way to the next is the listed number, to the last digit. */
    @Test
    void listedNumbersMayBeWrongByMoreThanIsPromised() {
        var head = new Head(
                ImmutableList.of(),
                ImmutableList.of(new ValueTerm(LinearForm.of(x), LinearForm.of(out))),
                new HeadKind.Count(100, 1, 0.125),
                ORIGIN);
        Circuit blurred = ByHand.circuit(
                List.of(LinearForm.of(x)),
                3,
                List.of(new Block(ImmutableList.of(head), ImmutableList.of())),
                List.of(LinearForm.of(out)),
                listed(0, 1));

        assertThat(certify(blurred, 0).weakness()).isEmpty();
        assertThat(certify(blurred, 0).thresholdMargin()).isCloseTo(0.5 - 0.125, within(1e-12));
    }

    /** The error that a number x of any size can have, over max(1, |x|): a relative part is at its greatest at 1. */
    @Test
    void numbersAreWrongRelativeToThemselves() {
        var single = new FormBound.Single(-3, 0.25, 0.125, true);
        var known = new FormBound(0, 1000, 200, 150, 1000, 1, BinaryGrid.NONE, false, single);
        assertThat(CertifyCircuit.relative(known)).isEqualTo(50 + 0.25 + 0.125 * (1 + 3));

        var nothing = new FormBound(0, 1000, 200, 150, 1000, 1, BinaryGrid.NONE, false, FormBound.Single.NONE);
        assertThat(CertifyCircuit.relative(nothing)).isEqualTo(200);
    }

    /** What lies nearer together than answers may be wrong is one number. */
    @Test
    void listedNumbersThatAreAsGoodAsOneNeedNoRoom() {
        assertThat(certify(answer(listed(1, 1 + 5e-10, 3), 1), 0).thresholdMargin())
                .isCloseTo(1, within(1e-9));
        assertThat(certify(answer(listed(1, 1 + 2e-9, 3), 1), 0).thresholdMargin())
                .isCloseTo(1e-9, within(1e-12));
        // At 1000 that is a thousand times as much.
        assertThat(certify(answer(listed(-1000 - 5e-7, -1000, 1000), 1), 0).thresholdMargin())
                .isEqualTo(1000);
        assertThat(certify(answer(listed(5), 5), 0).thresholdMargin()).isInfinite();
        assertThat(certify(answer(listed(1e9 - 0.9, 1e9), 1), 0).thresholdMargin())
                .isInfinite();
    }

    /** Of a chain of neighbours the ends are not one number. */
    @Test
    void neighboursOfNeighboursNeedRoom() {
        assertThat(certify(answer(listed(1, 1 + 6e-10, 1 + 1.2e-9, 3), 1), 0).thresholdMargin())
                .isCloseTo(9e-10, within(1e-12));
        assertThat(certify(answer(listed(-3, -1 - 1.2e-9, -1 - 6e-10, -1), 1), 0)
                        .thresholdMargin())
                .isCloseTo(9e-10, within(1e-12));
    }

    /** The program itself has to be as sure of a listed number, relative to the greatest. */
    @Test
    void theProgramMayNotRoundListedNumbersAway() {
        Circuit circuit = answer(listed(1, 100), 100);
        assertThat(certify(circuit, 9e-8).weakness()).isEmpty();
        assertThat(certify(circuit, 9e-8).numericError()).isEqualTo(9e-8);
        Weakness refused = certify(circuit, 2e-7).weakness().orElseThrow();
        assertThat(refused.ofProgram()).isTrue();
        assertThat(refused.reason())
                .isEqualTo("is rounded by up to 2.0e-07 as the program computes it, so that a transformer can't answer"
                        + " the same; the limit is 1.0e-07");
        assertThat(certify(answer(listed(0.25, 0.5), 0.5), 1.1e-9).weakness()).isPresent();
        assertThat(certify(answer(listed(0.25, 0.5), 0.5), 0.9e-9).weakness()).isEmpty();
    }

    /** One mark is as far from the others as its error is from a half. */
    @Test
    void marksHaveToBeToldApart() {
        List<Direction> digit = ByHand.family(features, "digit", 2);
        double great = 1e15 / 3;
        var decoder = new OutputDecoder.Categorical(ImmutableList.of(Value.of(0), Value.of(1)));
        Circuit good = ByHand.circuit(
                List.of(LinearForm.of(digit.get(0)), LinearForm.of(x, great)),
                3,
                List.of(),
                List.of(LinearForm.of(x), LinearForm.of(digit.get(0))),
                decoder);
        assertThat(certify(good, 0).thresholdMargin()).isEqualTo(0.5 - 4 * U * great);
        assertThat(certify(good, 0).weakness()).isEmpty();

        Circuit bad = ByHand.circuit(
                List.of(LinearForm.of(digit.get(0)), LinearForm.of(x, 0x1p50 + 0x1p-2)),
                3,
                List.of(),
                List.of(LinearForm.of(digit.get(0)), LinearForm.of(x)),
                decoder);
        assertThat(certify(bad, 0).weakness().orElseThrow().reason())
                .isEqualTo("has values that can't be told apart: their marks have errors of up to 5.0e-01, and the"
                        + " limit is 0.5");
        assertThat(certify(bad, 0).weakness().orElseThrow().origin()).isEmpty();
        Circuit half = ByHand.circuit(
                List.of(LinearForm.of(x, 0x1p50), LinearForm.of(x, 0.1)),
                3,
                List.of(),
                List.of(LinearForm.of(digit.get(0)), LinearForm.of(x)),
                decoder);
        assertThat(certify(half, 0).thresholdMargin()).isZero();
        assertThat(certify(half, 0).weakness()).isPresent();
        // One mark alone is the answer whatever it says.
        Circuit single = ByHand.circuit(
                List.of(LinearForm.of(x, 1e20 / 3)),
                3,
                List.of(),
                List.of(LinearForm.of(x)),
                new OutputDecoder.Categorical(ImmutableList.of(Value.of(0))));
        assertThat(certify(single, 0).weakness()).isEmpty();
        assertThat(certify(single, 0).thresholdMargin()).isInfinite();
    }

    private Circuit reading(HeadKind kind) {
        var head = new Head(
                ImmutableList.of(),
                ImmutableList.of(new ValueTerm(LinearForm.of(x), LinearForm.of(out))),
                kind,
                ORIGIN);
        return ByHand.circuit(
                List.of(LinearForm.ZERO, LinearForm.of(x)),
                3,
                List.of(new Block(ImmutableList.of(head), ImmutableList.of())),
                List.of(LinearForm.constant(1)),
                ByHand.NUMBER);
    }

    /** Four keys, BOS among them, leak. */
    @Test
    void aHeadHasToTellItsKeysApart() {
        double gap = Math.log(4 / 2e-9);
        Certification leaking = certify(reading(new HeadKind.Mean(gap, HeadKind.Keys.ONE)), 0);
        assertThat(leaking.attentionLeak()).isCloseTo(2e-9, within(1e-15));
        Weakness weakness = leaking.weakness().orElseThrow();
        assertThat(weakness.origin()).contains(ORIGIN);
        assertThat(weakness.ofProgram()).isFalse();
        assertThat(weakness.reason())
                .isEqualTo("can't tell the keys apart that it reads: up to 2.0e-09 of it comes from others, and the"
                        + " limit is 1.0e-09");

        assertThat(certify(reading(new HeadKind.Mean(gap + 1, HeadKind.Keys.ONE)), 0)
                        .weakness())
                .isEmpty();
        // Steps behind a count stop what leaks, and other arithmetics have no promise to keep.
        assertThat(certify(reading(new HeadKind.Count(gap, 1, 0)), 0).weakness())
                .isEmpty();
        assertThat(CertifyCircuit.certify(reading(new HeadKind.Mean(gap, HeadKind.Keys.ONE)), 0, Roundoff.FLOAT32)
                        .weakness())
                .isEmpty();
    }

    private Circuit stepping(double... lefts) {
        ImmutableList<UnitGroup> groups = DoubleStream.of(lefts)
                .mapToObj(left -> Steps.of(
                        new Construction.Staircase(
                                LinearForm.of(x),
                                0,
                                8,
                                ImmutableList.of(new Construction.Step(left, left + 1, LinearForm.of(out)))),
                        ORIGIN))
                .collect(ImmutableList.toImmutableList());
        return ByHand.circuit(
                List.of(LinearForm.ZERO, LinearForm.of(x, 8)),
                3,
                List.of(new Block(ImmutableList.of(), groups)),
                List.of(LinearForm.of(out)),
                ByHand.NUMBER);
    }

    /** Half a gap is between numbers and thresholds; what is left of a quarter is for errors. */
    @Test
    void numbersHaveToBeToldApartBySteps() {
        Certification fine = certify(stepping(3), 0);
        assertThat(fine.weakness()).isEmpty();
        assertThat(fine.thresholdMargin()).isCloseTo(0.5, within(1e-13));

        // One term's reading, its scaling: six roundings of 8 and of the threshold.
        double coarse = 0x1p-9;
        Certification certified = CertifyCircuit.certify(stepping(3), 0, coarse);
        assertThat(certified.thresholdMargin()).isEqualTo(0.5 - 6 * coarse * (8 + 3.5));
        assertThat(certified.weakness()).isEmpty();

        // Three numbers of 8 together, a threshold at 8: eight roundings of both leave nothing of a quarter.
        Direction y = Direction.number(features.named("y"));
        Direction z = Direction.number(features.named("z"));
        LinearForm three = LinearForm.of(x).plus(LinearForm.of(y)).plus(LinearForm.of(z));
        UnitGroup group = Steps.of(
                new Construction.Staircase(
                        three, 0, 9, ImmutableList.of(new Construction.Step(7.5, 8.5, LinearForm.of(out)))),
                ORIGIN);
        Circuit sum = ByHand.circuit(
                List.of(LinearForm.of(x, 4).plus(LinearForm.of(y, 2)).plus(LinearForm.of(z, 2))),
                3,
                List.of(new Block(ImmutableList.of(), ImmutableList.of(group))),
                List.of(LinearForm.of(out)),
                ByHand.NUMBER);
        assertThat(CertifyCircuit.certify(sum, 0, 0x1p-9).weakness()).isPresent();
        assertThat(CertifyCircuit.certify(sum, 0, 0x1p-10).weakness()).isEmpty();

        Weakness refused =
                CertifyCircuit.certify(stepping(3), 0, 0x1p-7).weakness().orElseThrow();
        assertThat(refused.origin()).contains(ORIGIN);
        assertThat(refused.reason())
                .isEqualTo("has to tell numbers apart that are closer together than their error of 0.0e+00");
    }
}
