package io.rasplens.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.store.safetensors.Dtype;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as TransformerLens saves them: its defaults, its buffers, its ways to leave something out. */
class ForeignConfigTest {
    @Test
    void normsActivationsAndScale() {
        TransformerConfig rms = load("rms_silu_bidirectional").config();
        assertThat(rms.normalization()).isEqualTo(Normalization.RMS);
        assertThat(rms.activation()).isEqualTo(Activation.SILU);
        assertThat(rms.attnScale()).isEqualTo(2.5);
        assertThat(rms.eps()).isEqualTo(1e-3);
        assertThat(rms.causal()).isFalse();

        TransformerConfig pre = load("rmspre_gelu_new_causal").config();
        assertThat(pre.activation()).isEqualTo(Activation.GELU_NEW);
        assertThat(pre.attnScale()).as("use_attn_scale is false").isEqualTo(1);
        assertThat(pre.causal()).as("the default").isTrue();
    }

    @Test
    void attentionAloneHasMlpsOfWidthNought() {
        CompiledModel model = load("ln_attn_only_defaults");

        assertThat(model.config().normalization()).isEqualTo(Normalization.LN);
        assertThat(model.config().nHeads()).as("d_model / d_head").isEqualTo(2);
        assertThat(model.config().dVocabOut()).as("d_vocab").isEqualTo(7);
        assertThat(model.config().dMlp()).isZero();
        LayerWeights layer = model.weights().layers().get(1);
        assertThat(layer.mlp().hiddenWidth()).isZero();
        assertThat(layer.ln1()).isPresent();
        assertThat(model.weights().lnFinal()).isPresent();
    }

    @Test
    void anImportedModelSavedAgainIsTheSame(@TempDir Path folder) {
        for (String name : Fixtures.FOREIGN) {
            Path file = folder.resolve(name + ".safetensors");
            CompiledModel model = load(name);
            ModelStore.save(model, file, Dtype.F64).orThrow();

            assertThat(ModelStore.load(file).orThrow()).isEqualTo(model);
        }
    }

    private static CompiledModel load(String name) {
        return ModelStore.load(Fixtures.foreign(name).resolve("model.safetensors"))
                .orThrow();
    }
}
