package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Readouts that do not fit their model, each thing by itself. */
class ReadoutCheckTest {
    private static final CompiledModel PLAIN = RandomModels.plain(2, AttentionDirection.CAUSAL);
    private static final OutputDecoder TWO =
            new OutputDecoder.Categorical(ImmutableList.of(Value.of("a"), Value.of("b")));
    private static final OutputDecoder NUMBER = new OutputDecoder.Numerical(ImmutableList.of());

    private static CompiledModel with(int layer, int rows, int columns, int bias, OutputDecoder decoder) {
        var readout = new SopReadout(
                "hist",
                layer,
                false,
                WeightMatrix.zeros(rows, columns),
                ImmutableDoubleArray.copyOf(new double[bias]),
                decoder);
        return new CompiledModel(
                PLAIN.config(),
                PLAIN.weights(),
                PLAIN.encoder(),
                PLAIN.decoder(),
                PLAIN.labels(),
                ImmutableList.of(readout),
                PLAIN.provenance(),
                PLAIN.program(),
                PLAIN.certificate());
    }

    private static void refused(CompiledModel model, String message) {
        assertThatThrownBy(() -> HookedTransformer.load(model))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.INCONSISTENT_MODEL))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void layersThatThereAre(int layer) {
        HookedTransformer.load(with(layer, 6, 2, 2, TWO));
        HookedTransformer.load(with(layer, 6, 1, 1, NUMBER));
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 2})
    void layersThatThereAreNot(int layer) {
        refused(with(layer, 6, 2, 2, TWO), "the readout of hist is at layer " + layer);
    }

    @Test
    void sizesOfAnotherModel() {
        refused(with(0, 5, 2, 2, TWO), "rows of the readout of hist is 5 but must be 6");
        refused(with(0, 6, 2, 1, TWO), "bias of the readout of hist is [1] but must be [2]");
        refused(with(0, 6, 3, 3, TWO), "the number of values of the readout of hist is 2 but must be 3");
        refused(with(0, 6, 2, 2, NUMBER), "the number of logits of the readout of hist, a number, is 2 but must be 1");
    }
}
