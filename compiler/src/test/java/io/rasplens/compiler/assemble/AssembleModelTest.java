package io.rasplens.compiler.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.circuit.Targets;
import io.rasplens.compiler.lower.OptimizedLowering;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.Level;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.ResidualLabel;
import org.junit.jupiter.api.Test;

class AssembleModelTest {

    @Test
    void theConstantIsABiasAndNoDimension() {
        CompiledModel model = compile("""
                #@ vocab ["a", "b", "c", "d"]
                #@ max_length 5
                hist = selector_width(select(tokens, tokens, ==));
                """);

        assertThat(model.labels()).extracting(ResidualLabel::sop).containsOnly("tokens", "hist", "bos");
        HeadWeights head = model.weights().layers().get(0).heads().get(0);
        int bos = model.labels().size() - 1;
        // What is counted at each key, and 0 at BOS to the last digit.
        assertThat(head.bV().get(0)).isPositive();
        assertThat(head.wV().get(bos, 0)).isEqualTo(-head.bV().get(0));
        assertThat(model.weights().posEmbed().csc().nz_length).isZero();
    }

    @Test
    void thresholdsAreBiasesOfHiddenUnits() {
        CompiledModel model = compile("""
                #@ vocab ["a", "b"]
                #@ max_length 4
                often = selector_width(select(tokens, tokens, ==)) >= 2;
                """);

        MlpWeights mlp = model.weights().layers().get(0).mlp();
        int bos = model.labels().size() - 1;
        for (int unit = 0; unit < mlp.hiddenWidth(); unit++) {
            double atBos = mlp.wIn().get(bos, unit) + mlp.bIn().get(unit);
            assertThat(atBos).as("unit %d on BOS", unit).isNotPositive();
        }
        assertThat(mlp.hiddenWidth()).isPositive();
    }

    @Test
    void aConstantInAnAnswerIsTheBiasOfItsLogit() {
        CompiledModel model = compile("""
                #@ vocab ["a", "b"]
                #@ max_length 4
                more = 7 + selector_width(select(tokens, tokens, ==));
                """);

        assertThat(model.weights().unembedBias().toArray()).containsExactly(7);
        assertThat(model.weights().unembed().csc().nz_length).isEqualTo(1);
    }

    private static CompiledModel compile(String source) {
        return new OptimizedLowering(Level.SMALLEST)
                .lower(Targets.source(source))
                .orThrow();
    }
}
