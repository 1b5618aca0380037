package io.rasplens.compiler.circuit.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Block;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Construction;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.LinearForm;
import io.rasplens.compiler.circuit.PartOrigin;
import io.rasplens.compiler.circuit.UnitGroup;
import io.rasplens.compiler.circuit.gadget.Steps;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.grammar.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPassesTest {
    private final Features features = new Features();
    private final LinearForm token = LinearForm.of(Direction.oneHot(features.named("tokens"), Value.of("a")));
    private final LinearForm nowhere = LinearForm.of(Direction.number(features.named("nowhere")));

    @Test
    void aPassThatBreaksTheCircuitIsNamed() {
        var breaking = new CircuitPass("Breaking", circuit -> reading(nowhere));

        assertThatThrownBy(() -> RunPasses.run(reading(token), "Maker", List.of(breaking)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Breaking made a circuit that can't be: logits reads nowhere, which is not written yet");
    }

    @Test
    void withoutPassesTheMakerIsNamed() {
        assertThatThrownBy(() -> RunPasses.run(reading(nowhere), "Maker", List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Maker made a circuit that can't be: ");
        assertThat(RunPasses.run(reading(token), "Maker", List.of())).isEqualTo(reading(token));
    }

    @Test
    void whatReadsNothingIsTakenAwayFirst() {
        Circuit shrunk = RunPasses.run(reading(token.plus(nowhere)), "Maker", RunPasses.SHRINKING);

        assertThat(shrunk.logits()).containsExactly(token);
    }

    /** The same step of two s-ops is one in the legible circuit, and two in the other. */
    @Test
    void stepsAreSharedWhereThatIsLegible() {
        LinearForm number = LinearForm.of(Direction.number(features.named("number")));
        LinearForm first = LinearForm.of(Direction.number(features.named("first")));
        LinearForm second = LinearForm.of(Direction.number(features.named("second")));
        var block =
                new Block(ImmutableList.of(), ImmutableList.of(step("x", number, first), step("y", number, second)));
        Circuit plain = reading(first.plus(second));
        var circuit = new Circuit(
                ImmutableMap.of(Value.of("a"), token.plus(number.times(5))),
                plain.positions(),
                ImmutableList.of(block),
                plain.logits(),
                plain.decoder(),
                plain.readouts(),
                false);

        assertThat(RunPasses.run(circuit, "Maker", RunPasses.SHRINKING)
                        .blocks()
                        .get(0)
                        .groups())
                .hasSize(2);
        assertThat(RunPasses.run(circuit, "Maker", RunPasses.LEGIBLE)
                        .blocks()
                        .get(0)
                        .groups())
                .hasSize(1);
    }

    private static UnitGroup step(String sop, LinearForm number, LinearForm output) {
        return Steps.of(
                new Construction.Staircase(number, 0, 5, ImmutableList.of(new Construction.Step(2, 3, output))),
                PartOrigin.shared(sop, "steps"));
    }

    private Circuit reading(LinearForm logit) {
        return new Circuit(
                ImmutableMap.of(Value.of("a"), token),
                ImmutableList.of(LinearForm.constant(1)),
                ImmutableList.of(),
                ImmutableList.of(logit),
                new OutputDecoder.Numerical(ImmutableList.of()),
                ImmutableList.of(),
                false);
    }
}
