package io.rasplens.compiler.certify;

import static io.rasplens.compiler.certify.ByHand.U;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.grammar.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What stands in the stream: after the embedding, after what is written, after edits. */
class StreamBoundsTest {
    private final Features features = new Features();
    private final Direction x = Direction.number(features.named("x"));
    private final Direction y = Direction.number(features.named("y"));
    private final List<Direction> digit = ByHand.family(features, "digit", 3);

    private static StreamBounds embedded(double unit, LinearForm... tokens) {
        Circuit circuit = ByHand.circuit(List.of(tokens), 2, List.of(), List.of(LinearForm.constant(1)), ByHand.NUMBER);
        return StreamBounds.embedded(circuit, unit);
    }

    @Test
    void theEmbeddingReachesFromItsLeastRowToItsGreatest() {
        StreamBounds stream = embedded(U, LinearForm.of(x, 6), LinearForm.of(x, -4), LinearForm.of(x, 2));

        assertThat(stream.bound(x)).isEqualTo(new Bound(-4, 6, 0, 2));
        assertThat(stream.bound(Direction.ONE)).isEqualTo(new Bound(1, 1, 0, 1));
        assertThat(stream.bound(y)).isEqualTo(Bound.ZERO);
        assertThat(stream.unit()).isEqualTo(U);
        assertThat(stream.oneError()).isZero();
    }

    /** A row that does not write leaves 0. */
    @Test
    void zeroIsAmongWhatNotAllRowsWrite() {
        StreamBounds stream = embedded(U, LinearForm.of(x, 6).plus(LinearForm.of(y, -3)), LinearForm.of(x, 4));

        assertThat(stream.bound(x)).isEqualTo(new Bound(4, 6, 0, 2));
        assertThat(stream.bound(y)).isEqualTo(new Bound(-3, 0, 0, 1));
    }

    @Test
    void rowsOfTooManyDigitsAreStoredRounded() {
        StreamBounds stream = embedded(U, LinearForm.of(x, 0.1), LinearForm.of(x, -0.3), LinearForm.of(x, 0.5));
        assertThat(stream.bound(x)).isEqualTo(new Bound(-0.3, 0.5, 0.3 * U, BinaryGrid.NONE));

        StreamBounds exact = embedded(Roundoff.FLOAT64, LinearForm.of(x, 0.1), LinearForm.of(x, 0.3));
        assertThat(exact.bound(x).error()).isZero();
    }

    /** Token's and position's numbers meet in one sum, which rounds. */
    @Test
    void rowsOfTokensAndPositionsAreAdded() {
        var circuit = new Circuit(
                ImmutableMap.of(Value.of("a"), LinearForm.of(x, 0.1)),
                ImmutableList.of(LinearForm.of(x, 0.3), LinearForm.of(x, 0.7)),
                ImmutableList.of(),
                ImmutableList.of(LinearForm.of(x)),
                ByHand.NUMBER,
                ImmutableList.of(),
                false);

        Bound sum = StreamBounds.embedded(circuit, U).bound(x);

        assertThat(sum.low()).isEqualTo(0.1 + 0.3);
        assertThat(sum.high()).isEqualTo(0.1 + 0.7);
        assertThat(sum.error()).isEqualTo(0.1 * U + 0.7 * U + U * (0.1 + 0.7));
    }

    @Test
    void intsAreAddedWithoutRounding() {
        StreamBounds stream = ByHand.stream(U);
        stream.write(x, ByHand.ints(0, 1000, 0), 0);
        stream.write(x, ByHand.ints(0, 24, U / 4), 0);
        assertThat(stream.bound(x).error()).isEqualTo(U / 4);

        // 1/u are all the ints there are.
        stream.write(x, ByHand.ints(0, 1, 0), 0);
        assertThat(stream.bound(x).error()).isEqualTo(U / 4 + U * 1025);
    }

    @Test
    void noiseMayBeTooMuchToBeLost() {
        StreamBounds stream = ByHand.stream(U);
        stream.write(x, ByHand.ints(0, 2, U / 8), 0);
        stream.write(x, ByHand.ints(0, 2, U / 4), 0);

        assertThat(stream.bound(x).error()).isEqualTo(U / 8 + U / 4 + U * 4);
    }

    /** One value is on: no more than 1 can stand there, and no less than -1. */
    @Test
    void aOneHotStaysBetweenOffAndOn() {
        StreamBounds stream = ByHand.stream(U);
        stream.write(digit.get(0), ByHand.number(-1, 1, 0.25), 0.5);
        stream.write(digit.get(0), ByHand.number(-1, 1, 0.125), 0.0625);

        Bound bound = stream.bound(digit.get(0));
        assertThat(bound.low()).isEqualTo(-1);
        assertThat(bound.high()).isEqualTo(1);
        assertThat(bound.error()).isEqualTo(0.25 + 0.125 + 2 * U);
        // The family's error: what each part adds to it, and the rounding of what can be there.
        double joint = 0.5 + 0.0625 + 2 * U;
        assertThat(noise(stream, digit.get(0))).isCloseTo(Math.min(bound.error(), joint), Offset.offset(1e-12));
        StreamBounds tight = ByHand.stream(U);
        tight.write(digit.get(0), ByHand.number(-1, 1, 0.25), 0.0625);
        tight.write(digit.get(0), ByHand.number(-1, 1, 0.125), 0.03125);
        assertThat(noise(tight, digit.get(0))).isCloseTo(0.0625 + 0.03125 + 2 * U, Offset.offset(1e-12));
    }

    /** What a direction holds, without what reading it rounds: twice what is there. */
    private static double noise(StreamBounds stream, Direction direction) {
        double read = stream.form(LinearForm.of(direction)).noise();
        return (read - 2 * U * 2) / (1 + 2 * U);
    }

    @Test
    void rangesReachFromZero() {
        StreamBounds stream = ByHand.stream(U);
        stream.write(x, ByHand.number(2, 6, 0.25), 0);
        stream.write(y, ByHand.number(-7, -3, 0.25), 0);
        stream.write(digit.get(0), ByHand.number(-1, 1, 0), 0);
        stream.write(Direction.BOS, ByHand.number(0, 1, 0), 0);

        assertThat(stream.ranges()).containsExactly(Map.entry(digit.get(0), 2.0), Map.entry(x, 6.0), Map.entry(y, 7.0));
    }

    /** Every coordinate is off by its part; the constant 1 by as much as bos, from which it is read. */
    @Test
    void editsReachEveryCoordinate() {
        StreamBounds stream = ByHand.stream(Roundoff.FLOAT64);
        stream.write(x, ByHand.ints(0, 6, 0), 0);
        stream.write(digit.get(0), ByHand.ints(0, 1, 0), 0);

        stream.edit(Edits.NONE);
        assertThat(stream.bound(x).error()).isZero();
        assertThat(stream.bound(x).grid()).isEqualTo(1);
        assertThat(stream.oneError()).isZero();

        var edits = new Edits(0x1p-10, ImmutableMap.of(x, 6.0, digit.get(0), 1.0));
        stream.edit(edits);
        assertThat(stream.bound(x).error()).isCloseTo(6 * 0x1p-10, Offset.offset(1e-14));
        assertThat(stream.bound(x).grid()).isEqualTo(BinaryGrid.NONE);
        assertThat(stream.form(LinearForm.of(digit.get(0))).noise()).isCloseTo(0x1p-10, Offset.offset(1e-14));
        assertThat(stream.bound(Direction.ONE)).isEqualTo(new Bound(1, 1, 0x1p-10, BinaryGrid.NONE));
        assertThat(stream.bound(Direction.BOS)).isEqualTo(new Bound(0, 0, 0x1p-10, BinaryGrid.NONE));

        stream.edit(edits);
        assertThat(stream.oneError()).isEqualTo(0x1p-9);
        assertThat(stream.bound(Direction.BOS).error()).isEqualTo(0x1p-9);
        assertThat(stream.bound(x).error()).isCloseTo(12 * 0x1p-10, Offset.offset(1e-14));
    }

    /** Edits are made when somebody asks; what they come to is the same to the last bit as if each had been made at once. */
    @Test
    void editsWaitUntilTheyAreAskedFor() {
        var small = new Edits(0x1p-10, ImmutableMap.of(x, 0.7, digit.get(0), 0.3, digit.get(1), 1.0));
        var large = new Edits(0x1p-7, ImmutableMap.of(x, 0.7, digit.get(2), 0.9));
        List<StreamBounds> streams = new ArrayList<>();
        for (boolean asked : new boolean[] {true, false}) {
            StreamBounds stream = ByHand.stream(U);
            stream.write(x, ByHand.number(2, 6, 0.1), 0);
            stream.write(digit.get(0), ByHand.number(0, 1, 0.01), 0.01);
            for (int edit = 0; edit < 9; edit++) {
                stream.edit(edit == 5 ? large : small);
                if (edit == 2) {
                    stream.write(digit.get(1), ByHand.number(-1, 0, 0.03), 0.03);
                }
                if (edit == 7) {
                    stream = stream.copy();
                }
                if (asked) {
                    assertThat(read(stream)).hasSize(7);
                }
            }
            streams.add(stream);
        }
        assertThat(read(streams.get(1))).isEqualTo(read(streams.get(0)));
        assertThat(streams.get(1).ranges()).isEqualTo(streams.get(0).ranges());
        assertThat(streams.get(1).bound(x).error()).isGreaterThan(0.1 + 8 * 0.7 * 0x1p-10);
    }

    private List<Object> read(StreamBounds stream) {
        LinearForm all = LinearForm.sum(digit.stream().map(LinearForm::of).toList());
        return List.of(
                stream.form(all),
                stream.vector(List.of(all, LinearForm.of(x))),
                stream.bound(x),
                stream.bound(digit.get(0)),
                stream.bound(digit.get(1)),
                stream.bound(digit.get(2)),
                stream.bound(Direction.ONE));
    }
}
