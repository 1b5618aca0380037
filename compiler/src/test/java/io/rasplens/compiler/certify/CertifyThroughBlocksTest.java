package io.rasplens.compiler.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.Head;
import io.rasplens.compiler.circuit.HeadKind;
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.Layout;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.stack.Interrupted;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Errors on their way through blocks, in an arithmetic of ten digits. */
class CertifyThroughBlocksTest {
    private static final double U = ByHand.U;
    private static final PartOrigin ORIGIN = PartOrigin.shared("part", "for a test");
    private final Features features = new Features();
    private final Direction x = Direction.number(features.named("x"));
    private final Direction out = Direction.number(features.named("out"));
    private final Direction sum = Direction.number(features.named("sum"));

    private UnitGroup plain(LinearForm input, Direction output, double weight) {
        return new UnitGroup(
                new Construction.Plain(),
                ImmutableList.of(new HiddenUnit(input, LinearForm.of(output, weight), ORIGIN)),
                ORIGIN);
    }

    private Circuit circuit(List<Block> blocks, LinearForm logit, Circuit.Readout... readouts) {
        Circuit circuit =
                ByHand.circuit(List.of(LinearForm.ZERO, LinearForm.of(x, 4)), 3, blocks, List.of(logit), ByHand.NUMBER);
        return new Circuit(
                circuit.tokens(),
                circuit.positions(),
                circuit.blocks(),
                circuit.logits(),
                circuit.decoder(),
                ImmutableList.copyOf(readouts),
                false);
    }

    private static Block units(UnitGroup... groups) {
        return new Block(ImmutableList.of(), ImmutableList.copyOf(groups));
    }

    /** 0.1 is no float: its product with 4 is off by three roundings, one more as the answer is read. */
    @Test
    void whatOneBlockWritesTheNextReads() {
        Circuit once = circuit(List.of(units(plain(LinearForm.of(x), out, 0.1))), LinearForm.of(out));
        double first = 0.1 * 2 * U * 4 + U * 0.4;
        assertThat(CertifyCircuit.certify(once, 0, U).numericError()).isCloseTo(first + 4 * U * 0.4, within(1e-12));

        Circuit twice = circuit(
                List.of(units(plain(LinearForm.of(x), out, 0.1)), units(plain(LinearForm.of(out), sum, 1))),
                LinearForm.of(sum));
        double read = first + 4 * U * 0.4;
        double second = read + 2 * U * 0.4 + U * 0.4;
        assertThat(CertifyCircuit.certify(twice, 0, U).numericError()).isCloseTo(second + 4 * U * 0.4, within(1e-12));
    }

    /** Readouts are read where they stand, and at no other stage. */
    @Test
    void readoutsAreReadAtTheirStage() {
        List<Block> blocks = List.of(units(plain(LinearForm.of(x), out, 0.1)));
        double read = 0.1 * 2 * U * 4 + U * 0.4 + 4 * U * 0.4;
        for (int stage = 0; stage <= 2; stage++) {
            var readout =
                    new Circuit.Readout("out", new Stage(stage), ImmutableList.of(LinearForm.of(out)), ByHand.NUMBER);
            assertThat(CertifyCircuit.certify(circuit(blocks, LinearForm.constant(1), readout), 0, U)
                            .numericError())
                    .as("stage %d", stage)
                    .isCloseTo(stage == 2 ? read : 0, within(1e-12));
        }
    }

    /** What heads write is read before the units of their block add to it. */
    @Test
    void headsAreReadBeforeUnits() {
        var head = new Head(
                ImmutableList.of(),
                ImmutableList.of(new ValueTerm(LinearForm.of(x, 0.1), LinearForm.of(out))),
                new HeadKind.Mean(100, HeadKind.Keys.ONE),
                ORIGIN);
        var block = new Block(ImmutableList.of(head), ImmutableList.of(plain(LinearForm.of(x), out, 0.1)));
        double copied = 4 * U * 0.4;
        double both = copied + 0.1 * 2 * U * 4 + U * 0.4 + U * 0.8;
        for (int stage = 0; stage <= 2; stage++) {
            var readout =
                    new Circuit.Readout("out", new Stage(stage), ImmutableList.of(LinearForm.of(out)), ByHand.NUMBER);
            double off = stage == 0 ? 0 : stage == 1 ? copied + 4 * U * 0.4 : both + 4 * U * 0.8;
            assertThat(CertifyCircuit.certify(circuit(List.of(block), LinearForm.constant(1), readout), 0, U)
                            .numericError())
                    .as("stage %d", stage)
                    .isCloseTo(off, within(1e-12));
        }
    }

    /** Heads of one block see one and the same edit of BOS's coordinate, and what they make of it cancels; of two blocks it does not. */
    @Test
    void whatHeadsMakeOfOneEditCancels() {
        Block both = new Block(ImmutableList.of(counting(out), counting(sum)), ImmutableList.of());
        Block first = new Block(ImmutableList.of(counting(out)), ImmutableList.of());
        Block second = new Block(ImmutableList.of(counting(sum)), ImmutableList.of());
        LinearForm added = LinearForm.of(out).plus(LinearForm.of(sum));
        LinearForm less = LinearForm.of(out).minus(LinearForm.of(sum));
        double edit = 0x1p-20;

        assertThat(edited(edit, less, both)).isCloseTo(edited(edit, added, both) - 2 * edit, within(1e-12));
        assertThat(edited(edit, less, first, second)).isEqualTo(edited(edit, added, first, second));
    }

    /** All keys but BOS of a weight so small that next to nothing is taken from BOS. */
    private static Head counting(Direction output) {
        return new Head(
                ImmutableList.of(),
                ImmutableList.of(new ValueTerm(LinearForm.constant(1), LinearForm.of(output))),
                new HeadKind.Count(100, 1 << 20, 0),
                ORIGIN);
    }

    private double edited(double edit, LinearForm logit, Block... blocks) {
        Circuit circuit = circuit(List.of(blocks), logit);
        return CertifyCircuit.of(circuit, StreamBounds.embedded(circuit, U), new Edits(edit, ImmutableMap.of()))
                .outputError();
    }

    @Test
    void certifyingEndsWhenItIsInterrupted() {
        Circuit one = circuit(List.of(units(plain(LinearForm.of(x), out, 1))), LinearForm.of(out));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> CertifyCircuit.certify(one, 0, U)).isInstanceOf(Interrupted.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    /** A readout is wrong by its own error and not by what the output is rounded by; it weakens nothing. */
    @Test
    void readoutsDoNotRefuse() {
        var decoder = new OutputDecoder.Numerical(ImmutableList.of(Value.of(1), Value.of(1.001)));
        var readout = new Circuit.Readout("x", new Stage(0), ImmutableList.of(LinearForm.of(x, 0.3)), decoder);

        Certification certified = CertifyCircuit.certify(circuit(List.of(), LinearForm.constant(1), readout), 0.5, U);

        assertThat(certified.weakness()).isEmpty();
        assertThat(certified.numericError()).isEqualTo(0.5);
        assertThat(certified.thresholdMargin()).isCloseTo(0.0005 - 4 * U * 1.2, within(1e-12));
    }

    /** Groups that write one direction add to a sum in which others stand already. */
    @Test
    void groupsOfABlockMeetInOneSum() {
        UnitGroup rough = plain(LinearForm.of(x), sum, 0.1);
        UnitGroup ints = plain(LinearForm.of(x), sum, 1);

        double alone = CertifyCircuit.certify(circuit(List.of(units(ints)), LinearForm.of(sum)), 0, U)
                .numericError();
        assertThat(alone).isZero();
        double together = CertifyCircuit.certify(circuit(List.of(units(rough, ints)), LinearForm.of(sum)), 0, U)
                .numericError();
        // Each is rounded as the other stands in the sum, with what that is rounded by; then both are added, and read.
        double first = 0.1 * 2 * U * 4 + U * 0.4;
        double second = 2 * U * 4 + U * 4;
        double firstBeside = first + U * (4 + second + U * (0.4 + first));
        double secondBeside = second + U * (0.4 + first + U * 4);
        assertThat(together).isCloseTo(firstBeside + secondBeside + U * 4.4 + 4 * U * 4.4, within(1e-12));
        double apart = CertifyCircuit.certify(
                        circuit(List.of(units(rough, plain(LinearForm.of(x), out, 1))), LinearForm.of(out)), 0, U)
                .numericError();
        assertThat(apart).isZero();
    }

    /** A unit that is never on but for noise leaves that in the sum, where it rounds a step that is exact by itself. */
    @Test
    void aGroupOfNothingButNoiseRoundsWhatOthersAdd() {
        Direction below = Direction.number(features.named("below"));
        UnitGroup never = plain(LinearForm.of(below), sum, 1);
        UnitGroup step = Steps.of(
                new Construction.Staircase(
                        LinearForm.of(x), 0, 4, ImmutableList.of(new Construction.Step(1, 2, LinearForm.of(sum)))),
                ORIGIN);
        Circuit alone = circuit(List.of(units(step)), LinearForm.of(sum));
        assertThat(CertifyCircuit.certify(alone, 0, U).numericError()).isZero();

        Circuit both = ByHand.circuit(
                List.of(LinearForm.of(x, 0.1), LinearForm.of(x, 4).plus(LinearForm.of(below, -0.1))),
                3,
                List.of(units(never, step)),
                List.of(LinearForm.of(sum)),
                ByHand.NUMBER);
        // Of what is stored, and read; and rounded where the step stands in the sum already.
        double noise = 0.1 * U + 4 * U * 0.1;
        double beside = noise + U;
        double most = 2 * (4 - 1) + 1;
        double rounded = U * (noise + (1 + noise) + most);
        double roundedBeside = U * (beside + (1 + beside) + most);
        double added = noise + U * (1 + rounded) + roundedBeside + U;
        assertThat(CertifyCircuit.certify(both, 0, U).numericError()).isCloseTo(added + 4 * U, within(1e-12));
    }

    /** A head's leak is the most of any, and its share of a family's error is counted once. */
    @Test
    void headsWriteFamiliesAsAWhole() {
        List<Direction> digit = ByHand.family(features, "digit", 3);
        List<Direction> copy = ByHand.family(features, "copy", 3);
        Head head = copying(digit, copy, Math.log(512));
        Head worse = copying(digit, ByHand.family(features, "other", 3), Math.log(256));
        Circuit circuit = ByHand.circuit(
                digit.stream().map(LinearForm::of).toList(),
                3,
                List.of(new Block(ImmutableList.of(worse, head), ImmutableList.of())),
                List.of(copy.stream().map(LinearForm::of).reduce(LinearForm.ZERO, LinearForm::plus)),
                ByHand.NUMBER);

        Certification certified = CertifyCircuit.certify(circuit, 0, U);

        double leak = 4.0 / 512;
        assertThat(certified.attentionLeak()).isCloseTo(4.0 / 256, within(1e-12));
        // Three values of an error each, but one error for all of them.
        double own = 2 * leak + 6 * U;
        assertThat(certified.numericError()).isCloseTo(own + 2 * U * 3 * (1 + own), within(1e-12));
    }

    private static Head copying(List<Direction> from, List<Direction> to, double gap) {
        ImmutableList<ValueTerm> values = Stream.of(0, 1, 2)
                .map(i -> new ValueTerm(LinearForm.of(from.get(i)), LinearForm.of(to.get(i))))
                .collect(ImmutableList.toImmutableList());
        return new Head(ImmutableList.of(), values, new HeadKind.Mean(gap, HeadKind.Keys.ONE), ORIGIN);
    }

    /** Units that write one-hots have no share of the family: their errors add up. */
    @Test
    void unitsWriteValuesOneByOne() {
        List<Direction> copy = ByHand.family(features, "copy", 2);
        Circuit circuit = circuit(
                List.of(units(plain(LinearForm.of(x), copy.get(0), 0.1), plain(LinearForm.of(x), copy.get(1), 0.1))),
                LinearForm.of(copy.get(0)).plus(LinearForm.of(copy.get(1))));

        double each = 0.1 * 2 * U * 4 + U * 0.4;
        // The two are multiplied and added, 0.4 each, of which the family has one.
        assertThat(CertifyCircuit.certify(circuit, 0, U).numericError())
                .isCloseTo(2 * each + 2 * U * 2 * (0.4 + 2 * each), within(1e-12));
    }

    /** The first thing that is wrong is told, and with it no error is certain. */
    @Test
    void theFirstWeaknessIsTold() {
        PartOrigin later = PartOrigin.shared("later", "for a test");
        var head = new Head(
                ImmutableList.of(),
                ImmutableList.of(new ValueTerm(LinearForm.of(x), LinearForm.of(out))),
                new HeadKind.Mean(1, HeadKind.Keys.ONE),
                ORIGIN);
        var second = new Head(head.terms(), head.values(), head.kind(), later);
        var block = new Block(ImmutableList.of(head, second), ImmutableList.of());

        Certification certified =
                CertifyCircuit.certify(circuit(List.of(block), LinearForm.of(out)), 0, Roundoff.FLOAT64);

        assertThat(certified.weakness().orElseThrow().origin()).contains(ORIGIN);
        assertThat(certified.numericError()).isInfinite();
    }

    /** The rest is looked at nonetheless. */
    @Test
    void whatComesBehindAWeaknessCountsToo() {
        var block = new Block(ImmutableList.of(leaking(8)), ImmutableList.of());
        var worse = new Block(ImmutableList.of(leaking(4)), ImmutableList.of());

        Certification certified =
                CertifyCircuit.certify(circuit(List.of(block, worse), LinearForm.of(out)), 0, Roundoff.FLOAT64);

        assertThat(certified.weakness()).isPresent();
        assertThat(certified.attentionLeak()).isCloseTo(4 * Math.exp(-4), within(1e-12));
    }

    private Head leaking(double gap) {
        return new Head(
                ImmutableList.of(),
                ImmutableList.of(new ValueTerm(LinearForm.of(x), LinearForm.of(out))),
                new HeadKind.Mean(gap, HeadKind.Keys.ONE),
                ORIGIN);
    }

    /** A certificate is of both arithmetics, and of edits. */
    @Test
    void aCertifiedCircuitTellsItsCertificate() {
        Circuit circuit = circuit(List.of(units(plain(LinearForm.of(x), out, 0.1))), LinearForm.of(out));
        Certification exact = CertifyCircuit.certify(circuit, 1e-10, Roundoff.FLOAT64);

        var certified = CertifiedCircuit.of(circuit, new Layout.Compact(), 1e-10);

        assertThat(certified).isEqualTo(new CertifiedCircuit(circuit, new Layout.Compact(), 1e-10, exact));
        assertThat(certified.certificate())
                .isEqualTo(Certificate.of(
                        exact.attentionLeak(),
                        exact.thresholdMargin(),
                        exact.numericError(),
                        0,
                        () -> Certification.robustness(
                                CertifyCircuit.certify(circuit, 1e-10, Roundoff.FLOAT32), Tolerance.of(circuit))));
    }
}
