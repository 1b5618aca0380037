package io.rasplens.compiler.circuit.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.rasplens.compiler.circuit.Circuit;
import io.rasplens.compiler.circuit.Direction;
import io.rasplens.compiler.circuit.Features;
import io.rasplens.compiler.circuit.LinearForm;
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
