package io.rasplens.compiler.certify;

import static io.rasplens.compiler.certify.ByHand.U;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What passes through units that are not steps. */
class BoundUnitsTest {
    private static final PartOrigin ORIGIN = PartOrigin.shared("x", "units");
    private final Features features = new Features();
    private final Direction x = Direction.number(features.named("x"));
    private final Direction y = Direction.number(features.named("y"));
    private final Direction out = Direction.number(features.named("out"));
    private final StreamBounds stream = ByHand.stream(U);

    private BoundUnits bound(Construction construction, HiddenUnit... units) {
        return bound(Map.of(), construction, units);
    }

    private BoundUnits bound(Map<Direction, Before> others, Construction construction, HiddenUnit... units) {
        return BoundUnits.of(new UnitGroup(construction, ImmutableList.copyOf(units), ORIGIN), stream, others);
    }

    private HiddenUnit unit(double read, Direction from, double constant, double written) {
        return new HiddenUnit(
                LinearForm.of(from, read).plus(LinearForm.constant(constant)), LinearForm.of(out, written), ORIGIN);
    }

    /** Relus of which nothing is known: ranges, errors and roundings add up. */
    @Test
    void plainUnitsAddUp() {
        stream.write(x, ByHand.number(1, 5, 0.125), 0);
        stream.write(y, ByHand.number(-4, 3, 0.25), 0);

        BoundUnits units = bound(new Construction.Plain(), unit(2, x, 0, 3), unit(1, y, 0, -5));

        double first = 2 * 0.125 + 4 * U * 10;
        double second = 0.25 + 4 * U * 4;
        Bound sum = ByHand.at(units.written(), out);
        assertThat(sum.low()).isEqualTo(3 * 2 - 5 * 3);
        assertThat(sum.high()).isEqualTo(3 * 10);
        double one = 3 * (first + 2 * U * 10) + U * 30;
        assertThat(sum.error()).isCloseTo(one + 5 * (second + 2 * U * 3) + U * (30 + 15), within(1e-12));
        assertThat(units.noise()).isEqualTo(Math.max(first, second));
        assertThat(units.margin()).isInfinite();
        assertThat(units.slack()).isInfinite();
        assertThat(sum.grid()).isEqualTo(BinaryGrid.NONE);
    }

    /** Of several cases one is on, at 1. */
    @Test
    void casesAreOneAtATime() {
        stream.write(x, ByHand.number(-9, 1, 0.125), 0);
        stream.write(y, ByHand.number(-9, 1, 0.25), 0);

        BoundUnits units = bound(new Construction.Cases(), unit(1, x, 0, 3), unit(1, y, 0, 7), unit(1, x, 0, -2));

        Bound bound = ByHand.at(units.written(), out);
        assertThat(bound.low()).isEqualTo(-2);
        assertThat(bound.high()).isEqualTo(7);
        double read = 4 * U * 9;
        double noise = 5 * (0.125 + read) + 7 * (0.25 + read);
        // All are added, and as each of the three holds noise each sum of what is on and of noise rounds.
        assertThat(bound.error()).isCloseTo(noise + 2 * U * (3 + 7 + 2) + 2 * U * 3 * (7 + noise), within(1e-12));
    }

    /** A case of 1000 and a few digits, on, and twenty that are off but for noise: added one by one, each sum rounds. */
    @Test
    void casesOfNoiseRoundTheOneThatIsOn() {
        double noise = 1e-10;
        double great = 1000.1;
        var fine = ByHand.stream(Roundoff.FLOAT64);
        fine.write(x, ByHand.number(1, 1, 0), 0);
        fine.write(y, ByHand.number(-1, 0, noise), 0);
        ImmutableList.Builder<HiddenUnit> cases = ImmutableList.builder();
        cases.add(unit(1, x, 0, great));
        double computed = great;
        for (int i = 0; i < 20; i++) {
            cases.add(unit(1, y, 0, 1));
            computed += noise;
        }

        Bound bound = ByHand.at(
                BoundUnits.of(new UnitGroup(new Construction.Cases(), cases.build(), ORIGIN), fine, Map.of())
                        .written(),
                out);

        assertThat(computed - great).isGreaterThan(20 * noise + 5e-13);
        assertThat(bound.error()).isBetween(computed - great, 20 * noise + 1e-11);
    }

    /** What came first may be the greatest. */
    @Test
    void casesReachAsFarAsTheFirst() {
        stream.write(x, ByHand.number(0, 1, 0), 0);
        Bound bound = ByHand.at(
                bound(new Construction.Cases(), unit(1, x, 0, 7), unit(1, x, 0, -4), unit(1, x, 0, 3))
                        .written(),
                out);
        assertThat(bound.low()).isEqualTo(-4);
        assertThat(bound.high()).isEqualTo(7);
    }

    /** A number of both signs is itself again. */
    @Test
    void bothSignsPassANumber() {
        stream.write(x, ByHand.number(-3, 5, 0.125), 0);
        var signs = new Construction.BothSigns(LinearForm.of(x, 2), LinearForm.of(out, -3));

        BoundUnits units = bound(signs, unit(2, x, 0, -3), unit(-2, x, 0, 3));

        Bound bound = ByHand.at(units.written(), out);
        assertThat(bound.low()).isEqualTo(-30);
        assertThat(bound.high()).isEqualTo(18);
        double read = 2 * 0.125 + 4 * U * 10;
        assertThat(units.noise()).isEqualTo(read);
        assertThat(bound.error()).isCloseTo(3 * (read + 2 * U * 10), within(1e-12));
    }

    /** Ints that have room pass unrounded: what they are off by stays, and no more. */
    @Test
    void intsPassAsTheyAre() {
        double noise = U / 64;
        stream.write(x, ByHand.ints(-3, 5, noise), 0);
        var signs = new Construction.BothSigns(LinearForm.of(x), LinearForm.of(out, 2));

        Bound bound =
                ByHand.at(bound(signs, unit(1, x, 0, 2), unit(-1, x, 0, -2)).written(), out);

        // A bound of the number's own error, which is less than that of each unit.
        assertThat(bound.low()).isEqualTo(2 * -3);
        assertThat(bound.high()).isEqualTo(2 * 5);
        double read = noise + 4 * U * noise;
        assertThat(bound.error()).isCloseTo(2 * read + 2 * read, within(1e-15));
        assertThat(bound.grid()).isEqualTo(2);
    }

    /** Other groups' numbers in the same sum lose what they have no room for. */
    @Test
    void whatStandsInTheSumAlreadyIsRounded() {
        stream.write(x, ByHand.ints(0, 4, 0), 0);
        HiddenUnit unit = unit(1, x, 0, 1);

        assertThat(ByHand.at(bound(new Construction.Plain(), unit).written(), out)
                        .error())
                .isZero();
        Bound beside = ByHand.at(
                bound(Map.of(out, new Before(100, 1, 0)), new Construction.Plain(), unit)
                        .written(),
                out);
        assertThat(beside.error()).isZero();
        Bound many = ByHand.at(
                bound(Map.of(out, new Before(1021, 1, 0)), new Construction.Plain(), unit)
                        .written(),
                out);
        assertThat(many.error()).isCloseTo(2 * U * 4 + U * 4 + U * 1021, within(1e-12));
        Bound rough = ByHand.at(
                bound(Map.of(out, new Before(1, 0, 0)), new Construction.Plain(), unit)
                        .written(),
                out);
        assertThat(rough.error()).isCloseTo(2 * U * 4 + U * 4 + U, within(1e-12));
    }

    /** Noise of others counts with the units' own, and is rounded as they are. */
    @Test
    void noiseThatStandsInTheSumIsRoundedToo() {
        stream.write(x, ByHand.ints(0, 4, 0), 0);
        var plain = new Construction.Plain();
        HiddenUnit[] two = {unit(1, x, 0, 1), unit(1, x, 0, 1)};

        Bound lost = ByHand.at(
                bound(Map.of(out, new Before(100, 1, U / 4)), plain, two).written(), out);
        assertThat(lost.error()).isZero();
        Bound more = ByHand.at(
                bound(Map.of(out, new Before(100, 1, 0.5)), plain, two).written(), out);
        double alone = 2 * (2 * U * 4) + U * 4 + U * 8;
        assertThat(more.error()).isCloseTo(alone + 2 * U * 100.5, within(1e-12));
    }

    /** Any of what a unit needs to be exact can be missing. */
    @Test
    void unitsAreExactOnlyIfAllOfThemIs() {
        stream.write(x, ByHand.ints(0, 4, 0), 0);
        stream.write(y, ByHand.number(0, 4, 0), 0);

        var plain = new Construction.Plain();
        assertThat(ByHand.at(bound(plain, unit(1, x, 0, 1), unit(1, x, -2, 3)).written(), out)
                        .error())
                .isZero();
        assertThat(ByHand.at(bound(plain, unit(1, x, 0, 1), unit(1, y, 0, 3)).written(), out)
                        .error())
                .isPositive();
        assertThat(ByHand.at(bound(plain, unit(1, x, 0, 0.1)).written(), out).error())
                .isPositive();
        assertThat(ByHand.at(bound(plain, unit(1, x, 0, 0x1p-200)).written(), out)
                        .error())
                .isPositive();
        assertThat(ByHand.at(bound(plain, unit(1, x, 0, 0x1p-20)).written(), out)
                        .error())
                .isZero();
    }

    /** 1, 2 and so on: slopes 2 and -3 of a number in [0, 4]. */
    private Construction.Polyline roof(double slope, double room) {
        return new Construction.Polyline(
                LinearForm.of(x),
                ImmutableDoubleArray.of(0, 2, 4),
                ImmutableDoubleArray.of(1, 5, -1),
                LinearForm.of(out, 3),
                slope,
                room);
    }

    private HiddenUnit[] roofUnits() {
        return new HiddenUnit[] {unit(1, x, 0, 3 * 2), unit(1, x, -2, 3 * -5)};
    }

    @Test
    void noiseMeetsTheSteepestSlope() {
        double u = Roundoff.FLOAT64;
        var fine = ByHand.stream(u);
        fine.write(x, ByHand.number(0, 4, 0.125), 0);

        BoundUnits units = BoundUnits.of(
                new UnitGroup(
                        roof(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY),
                        ImmutableList.copyOf(roofUnits()),
                        ORIGIN),
                fine,
                Map.of());

        Bound bound = ByHand.at(units.written(), out);
        assertThat(bound.low()).isEqualTo(3 * -2);
        assertThat(bound.high()).isEqualTo(3 * 4);
        assertThat(bound.error()).isCloseTo(3 * 3 * 0.125, within(1e-12));
        assertThat(units.noise()).isEqualTo(0.125);
        assertThat(units.slack()).isInfinite();
    }

    /** Roundings by hand at the last break, where there is most: of inputs, constants and the running sum. */
    @Test
    void rampsRound() {
        stream.write(x, new Bound(0, 4, 0, BinaryGrid.NONE).near(0, 0, 0), 0);
        Bound bound = ByHand.at(
                bound(roof(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY), roofUnits())
                        .written(),
                out);

        // The number's own product is with a power of two, and has no rounding. Distances: changes 2 and 5, from 0 and
        // from 2.
        double distances = 2 * 4 + 5 * (4 - 2);
        double constants = 5 * 2;
        double sums = (2 * 4) + (4 + 3 * 2);
        assertThat(bound.error())
                .isCloseTo(3 * (U * (4 * distances + 2 * constants + sums) + 2 * U * 6), within(1e-12));
    }

    /** In float64 breaks are stored as they are, unless a constant of the number's own is added to them. */
    @Test
    void breaksRoundBesideAConstant() {
        double u = Roundoff.FLOAT64;
        for (double shift : new double[] {0, 1}) {
            var fine = ByHand.stream(u);
            fine.write(x, ByHand.number(0, 4, 0), 0);
            var line = new Construction.Polyline(
                    LinearForm.of(x).plus(LinearForm.constant(shift)),
                    ImmutableDoubleArray.of(shift, 2 + shift, 4 + shift),
                    ImmutableDoubleArray.of(1, 5, -1),
                    LinearForm.of(out, -3),
                    Double.POSITIVE_INFINITY,
                    Double.POSITIVE_INFINITY);
            Bound bound = ByHand.at(
                    BoundUnits.of(
                                    new UnitGroup(
                                            line, ImmutableList.of(unit(1, x, 0, -6), unit(1, x, -2, 15)), ORIGIN),
                                    fine,
                                    Map.of())
                            .written(),
                    out);

            assertThat(bound.low()).isEqualTo(-3 * 4);
            assertThat(bound.high()).isEqualTo(-3 * -2);
            double distances = 2 * 4 + 5 * (4 - 2);
            double constants = shift == 0 ? 0 : 2 * (shift + shift) + 5 * (2 + shift + shift);
            double sums = 2 * 4 + (4 + 3 * 2);
            assertThat(bound.error())
                    .isCloseTo(3 * (u * (4 * distances + 2 * constants + sums) + 2 * u * 6), within(1e-20));
        }
    }

    /** What rounds as the number is multiplied is alike in all ramps, and meets the slope as noise does. */
    @Test
    void theNumbersOwnRoundingMeetsTheSlope() {
        stream.write(x, new Bound(0, 4, 0, BinaryGrid.NONE).near(0, 0, 0), 0);
        var line = new Construction.Polyline(
                LinearForm.of(x, 3),
                ImmutableDoubleArray.of(0, 12),
                ImmutableDoubleArray.of(0, 24),
                LinearForm.of(out),
                Double.POSITIVE_INFINITY,
                Double.POSITIVE_INFINITY);

        Bound bound = ByHand.at(bound(line, unit(3, x, 0, 2)).written(), out);

        double alike = 4 * U * 12;
        assertThat(bound.error()).isCloseTo(2 * alike + U * (4 * 24 + 24) + 2 * U * 24, within(1e-12));
    }

    /** Each ramp that is added to a sum of other groups' numbers rounds these too. */
    @Test
    void rampsRoundWhatStandsInTheSumAlready() {
        stream.write(x, new Bound(0, 4, 0, BinaryGrid.NONE).near(0, 0, 0), 0);
        var line = roof(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

        double alone = ByHand.at(bound(line, roofUnits()).written(), out).error();
        double beside = ByHand.at(
                        bound(Map.of(out, new Before(100, BinaryGrid.NONE, 0)), line, roofUnits())
                                .written(),
                        out)
                .error();

        assertThat(beside - alone).isCloseTo(2 * U * 100, within(1e-12));
    }

    /** Numbers come as near to a steep piece as the room; at the ends of all there is no steep piece. */
    @Test
    void flatPiecesReachAsFarAsTheRoom() {
        stream.write(x, new Bound(0, 10, 0.25, BinaryGrid.NONE).near(0, 0.125, 0.0078125), 0);
        // Read from 10 down to 0, so that the first piece has the most noise where it starts.
        var line = new Construction.Polyline(
                LinearForm.of(x, -1).plus(LinearForm.constant(10)),
                ImmutableDoubleArray.of(0, 4, 5, 10),
                ImmutableDoubleArray.of(0, 4, 100, 97.5),
                LinearForm.of(out),
                1,
                0.5);
        BoundUnits units = bound(line, unit(-1, x, 10, 1));
        assertThat(ByHand.at(units.written(), out).low()).isZero();
        assertThat(ByHand.at(units.written(), out).high()).isEqualTo(100 - 0.5 * 0.5);

        var down = new Construction.Polyline(
                LinearForm.of(x),
                ImmutableDoubleArray.of(0, 4, 5, 10),
                ImmutableDoubleArray.of(0, 4, -100, -105),
                LinearForm.of(out),
                1,
                0.5);
        Bound bound = ByHand.at(bound(down, unit(1, x, 0, 1)).written(), out);
        assertThat(bound.low()).isEqualTo(-105);
        assertThat(bound.high()).isEqualTo(4 - 0.5);
    }

    /** The noise is greatest where the first piece starts, 8 from where it is least. */
    @Test
    void noiseIsLookedAtWhereAPieceStarts() {
        var fine = ByHand.stream(Roundoff.FLOAT64);
        fine.write(x, new Bound(0, 8, 1, BinaryGrid.NONE).near(0, 0.125, 0.0625), 0);
        var line = new Construction.Polyline(
                LinearForm.of(x, -1).plus(LinearForm.constant(8)),
                ImmutableDoubleArray.of(0, 3, 4, 8),
                ImmutableDoubleArray.of(0, 3, 100, 100),
                LinearForm.of(out),
                1,
                1);

        Bound bound = ByHand.at(
                BoundUnits.of(new UnitGroup(line, ImmutableList.of(unit(-1, x, 8, 1)), ORIGIN), fine, Map.of())
                        .written(),
                out);

        assertThat(bound.error()).isCloseTo(0.125 + 0.0625 * 8, within(1e-12));
    }

    /** A piece that no number can be on passes nothing, as long as the noise stays within the room on either side. */
    @Test
    void noiseWithinTheRoomMeetsTheFlatPieces() {
        stream.write(x, ByHand.number(0, 10, 0.25), 0);
        var line = new Construction.Polyline(
                LinearForm.of(x),
                ImmutableDoubleArray.of(0, 4, 5, 10),
                ImmutableDoubleArray.of(0, 2, 100, 105),
                LinearForm.of(out),
                1,
                0.5);

        BoundUnits within = bound(line, unit(1, x, 0, 0.5), unit(1, x, -4, 97.5), unit(1, x, -5, -97));
        assertThat(within.slack()).isInfinite();
        Bound bound = ByHand.at(within.written(), out);
        assertThat(bound.low()).isZero();
        assertThat(bound.high()).isEqualTo(105);
        // Slope 1 at 10; distances, constants and sums of three ramps.
        double distances = 0.5 * 10 + 97.5 * 6 + 97 * 5;
        double constants = 97.5 * 4 + 97 * 5;
        double sums = 0.5 * 10 + (2 + 98 * 6) + (100 + 5);
        double read = 0.25;
        assertThat(bound.error())
                .isCloseTo(read + U * (4 * distances + 2 * constants + sums) + 2 * U * 105, within(1e-9));

        stream.write(x, ByHand.number(0, 0, 0.25), 0);
        assertThat(bound(line, unit(1, x, 0, 0.5)).slack()).isLessThan(0);
        var less = ByHand.stream(U);
        less.write(x, ByHand.number(0, 10, 0.5), 0);
        assertThat(BoundUnits.of(new UnitGroup(line, ImmutableList.of(unit(1, x, 0, 0.5)), ORIGIN), less, Map.of())
                        .slack())
                .isInfinite();
        var more = ByHand.stream(U);
        more.write(x, ByHand.number(0, 10, 0.75), 0);
        assertThat(BoundUnits.of(new UnitGroup(line, ImmutableList.of(unit(1, x, 0, 0.5)), ORIGIN), more, Map.of())
                        .slack())
                .isEqualTo(0.5 - 0.75);
    }

    /** Breaks are constants, which an edit moves, and at BOS all ramps are met at once. */
    @Test
    void editsMoveBreaks() {
        double u = Roundoff.FLOAT64;
        var fine = ByHand.stream(u);
        fine.write(x, ByHand.number(0, 4, 0), 0);
        double edit = 0x1p-10;
        fine.edit(new Edits(edit, ImmutableMap.of(x, 4.0)));

        var line = roof(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
        BoundUnits units =
                BoundUnits.of(new UnitGroup(line, ImmutableList.copyOf(roofUnits()), ORIGIN), fine, Map.of());

        double breaks = edit * (4 + 1);
        double noise = 4 * edit + breaks;
        assertThat(units.noise()).isCloseTo(noise, within(1e-13));
        assertThat(ByHand.at(units.written(), out).error()).isCloseTo(3 * (noise * (2 + 5)), within(1e-12));
    }
}
