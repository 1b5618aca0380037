package io.rasplens.compiler.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.model.Certificate;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.grammar.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The greatest edits that circuits bear which are small enough to tell. */
class GreatestEditTest {
    private static final PartOrigin ORIGIN = PartOrigin.shared("steps of x", "for a test");
    private final Features features = new Features();
    private final Direction x = Direction.number(features.named("x"));
    private final Direction out = Direction.number(features.named("out"));

    private Circuit listed(List<Block> blocks, double... numbers) {
        ImmutableList.Builder<Value> values = ImmutableList.builder();
        ImmutableList.Builder<LinearForm> tokens = ImmutableList.builder();
        for (double number : numbers) {
            values.add(Value.of(number));
            tokens.add(LinearForm.of(x, number));
        }
        return ByHand.circuit(
                tokens.build(), 2, blocks, List.of(LinearForm.of(x)), new OutputDecoder.Numerical(values.build()));
    }

    /** Ints up to 8, a half from the next answer: edits of x by 8ε, at one hook point, up to below 1/16. */
    @Test
    void anEditOfOneCoordinateMayReachHalfWay() {
        Tolerance tolerance = Tolerance.of(listed(List.of(), 5, 6, 8));

        assertThat(tolerance.edit()).isEqualTo(StrictMath.pow(2, -4.25));
        assertThat(tolerance.limitedBy()).isEmpty();
        assertThat(tolerance.movement()).isZero();
    }

    /** A block has three hook points behind it and the embedding one before: four times as much adds up, and 1/64 is just too much. */
    @Test
    void editsAtAllHookPointsAddUp() {
        var empty = new Block(ImmutableList.of(), ImmutableList.of());

        assertThat(Tolerance.of(listed(List.of(empty), 5, 6, 8)).edit()).isEqualTo(StrictMath.pow(2, -6.25));
        // Edits of 7.9 each, and 1/64 is just enough.
        assertThat(Tolerance.of(listed(List.of(empty), 5, 6, 7.9)).edit()).isEqualTo(0x1p-6);
    }

    /** A number that is not looked up moves by its range at each hook point. */
    @Test
    void answersThatAreNumbersMove() {
        Circuit circuit = ByHand.circuit(
                List.of(LinearForm.of(x, -3), LinearForm.of(x, 5)),
                2,
                List.of(),
                List.of(LinearForm.of(x)),
                ByHand.NUMBER);

        Tolerance tolerance = Tolerance.of(circuit);
        assertThat(tolerance.edit()).isEqualTo(1);
        assertThat(tolerance.limitedBy()).isEmpty();
        assertThat(tolerance.movement()).isCloseTo(8, within(1e-9));
    }

    /** A step of gap 2 bears an error of a half; x moves by 8ε, and the step's constants by their own part. */
    @Test
    void stepsAreWhatLimits() {
        var group = Steps.of(
                new Construction.Staircase(
                        LinearForm.of(x), 0, 8, ImmutableList.of(new Construction.Step(0, 2, LinearForm.of(out)))),
                ORIGIN);
        Circuit circuit = ByHand.circuit(
                List.of(LinearForm.ZERO, LinearForm.of(x, 8)),
                2,
                List.of(new Block(ImmutableList.of(), ImmutableList.of(group))),
                List.of(LinearForm.of(out)),
                ByHand.NUMBER);

        Tolerance tolerance = Tolerance.of(circuit);

        // Two hook points before the steps: 16ε of x, and 2ε of the constant times |0 - 1| + 2, are 22ε: below 1/2 at
        // 2^-5.5.
        assertThat(tolerance.edit()).isEqualTo(StrictMath.pow(2, -5.5));
        assertThat(tolerance.limitedBy()).contains(ORIGIN);
    }

    @Test
    void whatIsWrongWithoutEditsBearsNone() {
        // As great as that no mark is read to a half.
        Circuit circuit = ByHand.circuit(
                List.of(LinearForm.ZERO, LinearForm.of(x, 1e17 / 3)),
                2,
                List.of(),
                List.of(LinearForm.of(x), LinearForm.constant(1)),
                new OutputDecoder.Categorical(ImmutableList.of(Value.of(0), Value.of(1))));

        Tolerance tolerance = Tolerance.of(circuit);
        assertThat(tolerance.edit()).isZero();
        assertThat(tolerance.movement()).isZero();
    }

    @Test
    void theCertificateTellsOfFloat32AndOfEdits() {
        var float32 = new Certification(0.5, 0.0625, 0.75, Optional.of(new Weakness(Optional.empty(), "", false)));
        var tolerance = new Tolerance(0x1p-8, Optional.of(ORIGIN), 3);

        assertThat(Certification.robustness(float32, tolerance))
                .isEqualTo(new Certificate.Robustness(0.75, 0x1p-8, Optional.of("steps of x"), 3, false));
        var exact = new Certification(0.5, 0.0625, 0.75, Optional.empty());
        assertThat(Certification.robustness(exact, new Tolerance(0, Optional.empty(), 0))
                        .exactInFloat32())
                .isTrue();
    }
}
