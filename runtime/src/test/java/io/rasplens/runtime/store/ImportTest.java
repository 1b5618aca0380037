package io.rasplens.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.store.safetensors.SafetensorsFile;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImportTest {
    static ImmutableList<String> fixtures() {
        return Fixtures.NAMES;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void everyWeightIsTheOneInTheFile(String name) throws IOException {
        CompiledModel model = ModelStore.load(Fixtures.model(name)).orThrow();
        TransformerConfig c = model.config();

        try (SafetensorsFile file = SafetensorsFile.open(Fixtures.model(name)).orThrow()) {
            double[] wE = file.read("embed.W_E").orThrow();
            for (int i = 0; i < wE.length; i++) {
                assertThat(model.weights().embed().get(i / c.dModel(), i % c.dModel()))
                        .isEqualTo(wE[i]);
            }
            for (int layer = 0; layer < c.nLayers(); layer++) {
                double[] wQ = file.read("blocks." + layer + ".attn.W_Q").orThrow();
                double[] wO = file.read("blocks." + layer + ".attn.W_O").orThrow();
                var head = model.weights().layers().get(layer).heads().get(0);
                for (int i = 0; i < wQ.length; i++) {
                    assertThat(head.wQ().get(i / c.dHead(), i % c.dHead())).isEqualTo(wQ[i]);
                    assertThat(head.wO().get(i / c.dModel(), i % c.dModel())).isEqualTo(wO[i]);
                }
                double[] bIn = file.read("blocks." + layer + ".mlp.b_in").orThrow();
                assertThat(model.weights().layers().get(layer).mlp().bIn().toArray())
                        .containsExactly(bIn);
            }
        }
    }

    @Test
    void reverseHasItsConfigCodecAndLabels() {
        CompiledModel model = ModelStore.load(Fixtures.model("reverse")).orThrow();

        assertThat(model.config())
                .isEqualTo(new TransformerConfig(
                        4,
                        1,
                        41,
                        12,
                        30,
                        6,
                        5,
                        3,
                        TransformerConfig.Activation.RELU,
                        TransformerConfig.AttentionDirection.BIDIRECTIONAL,
                        TransformerConfig.Normalization.NONE,
                        1e-5,
                        Math.sqrt(12)));
        var encoder = model.encoder().orElseThrow();
        assertThat(encoder.bos()).isEqualTo(3);
        assertThat(encoder.pad()).isEqualTo(4);
        assertThat(encoder.tokens()).containsExactly(Value.of(1), Value.of(2), Value.of(3));
        assertThat(model.decoder())
                .contains(new OutputDecoder.Categorical(ImmutableList.of(Value.of(1), Value.of(2), Value.of(3))));
        assertThat(model.labels()).hasSize(41);
        assertThat(model.labels().get(5)).isEqualTo(new ResidualLabel("map_3", Optional.of(Value.of(-5))));
        assertThat(model.labels().get(15)).isEqualTo(new ResidualLabel("one", Optional.empty()));
        assertThat(model.labels().get(39)).isEqualTo(new ResidualLabel("tokens", Optional.of(Value.of("BOS"))));
        assertThat(model.program()).isEmpty();
    }

    @Test
    void mostlyZeroWeightsAreSparse() {
        CompiledModel model = ModelStore.load(Fixtures.model("reverse")).orThrow();

        assertThat(model.weights().layers().get(1).mlp().wIn().nonZeros()).isLessThan(200);
    }

    @Test
    void numericalAndCausal() {
        assertThat(ModelStore.load(Fixtures.model("frac_prevs")).orThrow().decoder())
                .contains(new OutputDecoder.Numerical(ImmutableList.of()));
        assertThat(ModelStore.load(Fixtures.model("causal_width"))
                        .orThrow()
                        .config()
                        .causal())
                .isTrue();
    }
}
