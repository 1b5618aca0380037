package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One number that is none, in each weight there is. */
class FiniteWeightsTest {
    private static final CompiledModel MODEL =
            RandomModels.of(2, AttentionDirection.CAUSAL, Normalization.LN, Activation.GELU);
    private final List<String> names = new ArrayList<>();

    @Test
    void everyWeightIsLookedAt() {
        poisoned("none");
        List<String> all = List.copyOf(names);
        // Two layers, one of three heads and one of two, of which one is narrower than any number: seven weights each,
        // and eight more.
        assertThat(all).hasSize(2 + (3 + 2) * 7 - 4 + 2 * 9 + 2 + 2).doesNotHaveDuplicates();
        HookedTransformer.load(RandomModels.with(MODEL, poisoned("none")));

        for (String name : all) {
            assertThatThrownBy(() -> HookedTransformer.load(RandomModels.with(MODEL, poisoned(name))))
                    .hasMessageStartingWith("the weight " + name + " is NaN at [");
        }
    }

    private Weights poisoned(String name) {
        names.clear();
        Weights w = MODEL.weights();
        ImmutableList.Builder<LayerWeights> layers = ImmutableList.builder();
        for (int layer = 0; layer < w.layers().size(); layer++) {
            layers.add(layer(name, "blocks." + layer + ".", w.layers().get(layer)));
        }
        return new Weights(
                matrix(name, "embed.W_E", w.embed()),
                matrix(name, "pos_embed.W_pos", w.posEmbed()),
                layers.build(),
                w.lnFinal().map(norm -> norm(name, "ln_final", norm)),
                matrix(name, "unembed.W_U", w.unembed()),
                vector(name, "unembed.b_U", w.unembedBias()));
    }

    private LayerWeights layer(String name, String at, LayerWeights layer) {
        ImmutableList.Builder<HeadWeights> heads = ImmutableList.builder();
        for (int h = 0; h < layer.heads().size(); h++) {
            HeadWeights head = layer.heads().get(h);
            String of = " of head " + h;
            heads.add(new HeadWeights(
                    matrix(name, at + "attn.W_Q" + of, head.wQ()),
                    vector(name, at + "attn.b_Q" + of, head.bQ()),
                    matrix(name, at + "attn.W_K" + of, head.wK()),
                    vector(name, at + "attn.b_K" + of, head.bK()),
                    matrix(name, at + "attn.W_V" + of, head.wV()),
                    vector(name, at + "attn.b_V" + of, head.bV()),
                    matrix(name, at + "attn.W_O" + of, head.wO())));
        }
        return new LayerWeights(
                heads.build(),
                vector(name, at + "attn.b_O", layer.bO()),
                new MlpWeights(
                        matrix(name, at + "mlp.W_in", layer.mlp().wIn()),
                        vector(name, at + "mlp.b_in", layer.mlp().bIn()),
                        matrix(name, at + "mlp.W_out", layer.mlp().wOut()),
                        vector(name, at + "mlp.b_out", layer.mlp().bOut())),
                layer.ln1().map(norm -> norm(name, at + "ln1", norm)),
                layer.ln2().map(norm -> norm(name, at + "ln2", norm)));
    }

    private NormWeights norm(String name, String at, NormWeights norm) {
        return new NormWeights(vector(name, at + ".w", norm.w()), vector(name, at + ".b", norm.b()));
    }

    private WeightMatrix matrix(String name, String own, WeightMatrix matrix) {
        if (matrix.rows() * matrix.columns() > 0) {
            names.add(own);
        }
        if (!own.equals(name)) {
            return matrix;
        }
        WeightMatrix.Builder broken = WeightMatrix.builder(matrix.rows(), matrix.columns());
        broken.add(matrix.rows() - 1, matrix.columns() - 1, Double.NaN);
        return broken.build();
    }

    private ImmutableDoubleArray vector(String name, String own, ImmutableDoubleArray vector) {
        if (vector.length() > 0) {
            names.add(own);
        }
        if (!own.equals(name)) {
            return vector;
        }
        double[] broken = vector.toArray();
        broken[broken.length - 1] = Double.NaN;
        return ImmutableDoubleArray.copyOf(broken);
    }
}
