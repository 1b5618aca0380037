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
import io.rasplens.compiler.circuit.HiddenUnit;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.Stage;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.ValueTerm;
import io.rasplens.compiler.model.OutputDecoder;
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
        // Each is rounded as the other stands in the sum; then both are added, and read.
        double first = 0.1 * 2 * U * 4 + U * 0.4 + U * 4;
        double second = 2 * U * 4 + U * 4 + U * 0.4;
        assertThat(together).isCloseTo(first + second + U * 4.4 + 4 * U * 4.4, within(1e-12));
        double apart = CertifyCircuit.certify(
                        circuit(List.of(units(rough, plain(LinearForm.of(x), out, 1))), LinearForm.of(out)), 0, U)
                .numericError();
        assertThat(apart).isZero();
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
}
