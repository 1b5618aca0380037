package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.HeadWeights;
import io.rasplens.compiler.model.LayerWeights;
import io.rasplens.compiler.model.MlpWeights;
import io.rasplens.compiler.model.NormWeights;
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.Provenance;
import io.rasplens.compiler.model.SopReadout;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.grammar.value.Value;
import java.util.Optional;
import java.util.Random;

/** Small models with random weights, sparse and ragged: the second layer has fewer and narrower heads and units. */
public final class RandomModels {
    public static final int D_MODEL = 6;
    public static final int N_CTX = 6;
    private static final ImmutableList<Value> VOCABULARY =
            ImmutableList.of(Value.of("a"), Value.of("b"), Value.of("c"), Value.of("d"));
    private static final ImmutableList<Value> ANSWERS = ImmutableList.of(Value.of(0), Value.of(1), Value.of(2));

    private final Random random;
    private final boolean gains;

    private RandomModels(long seed, boolean gains) {
        this.random = new Random(seed);
        this.gains = gains;
    }

    public static CompiledModel of(
            long seed, AttentionDirection direction, Normalization normalization, Activation activation) {
        boolean gains = normalization == Normalization.LN || normalization == Normalization.RMS;
        return new RandomModels(seed, gains).model(direction, normalization, activation);
    }

    /** Without norms, as compiled models are. */
    public static CompiledModel plain(long seed, AttentionDirection direction) {
        return of(seed, direction, Normalization.NONE, Activation.RELU);
    }

    /** The same model with other weights. */
    public static CompiledModel with(CompiledModel model, Weights weights) {
        return new CompiledModel(
                model.config(),
                weights,
                model.encoder(),
                model.decoder(),
                model.labels(),
                model.readouts(),
                model.provenance(),
                model.program(),
                model.certificate());
    }

    private CompiledModel model(AttentionDirection direction, Normalization normalization, Activation activation) {
        TokenEncoder encoder = TokenEncoder.forVocabulary(VOCABULARY);
        int dVocab = encoder.vocabulary().size();
        var config = new TransformerConfig(
                2, 3, D_MODEL, 4, 5, N_CTX, dVocab, ANSWERS.size(), activation, direction, normalization, 1e-5, 1.5);
        var first = layer(ImmutableList.of(head(4, 4), head(2, 3), head(3, 1)), 5);
        var second = layer(ImmutableList.of(head(3, 2), head(0, 4)), 3);
        var weights = new Weights(
                matrix(dVocab, D_MODEL),
                matrix(N_CTX, D_MODEL),
                ImmutableList.of(first, second),
                norm(),
                matrix(D_MODEL, ANSWERS.size()),
                vector(ANSWERS.size()));
        return new CompiledModel(
                config,
                weights,
                Optional.of(encoder),
                Optional.of(new OutputDecoder.Categorical(ANSWERS)),
                ImmutableList.of(),
                SopReadout.none(),
                Provenance.UNKNOWN,
                Optional.empty(),
                Optional.empty());
    }

    private LayerWeights layer(ImmutableList<HeadWeights> heads, int hidden) {
        var mlp = new MlpWeights(matrix(D_MODEL, hidden), vector(hidden), matrix(hidden, D_MODEL), vector(D_MODEL));
        return new LayerWeights(heads, vector(D_MODEL), mlp, norm(), norm());
    }

    private HeadWeights head(int queryKey, int value) {
        return new HeadWeights(
                matrix(D_MODEL, queryKey),
                vector(queryKey),
                matrix(D_MODEL, queryKey),
                vector(queryKey),
                matrix(D_MODEL, value),
                vector(value),
                matrix(value, D_MODEL));
    }

    private Optional<NormWeights> norm() {
        return gains ? Optional.of(new NormWeights(vector(D_MODEL), vector(D_MODEL))) : Optional.empty();
    }

    /** Two numbers in three are not zero; small ones, so that no softmax is so sure of itself that an edit drowns. */
    private WeightMatrix matrix(int rows, int columns) {
        WeightMatrix.Builder matrix = WeightMatrix.builder(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            if (random.nextInt(3) > 0) {
                matrix.add(i / columns, i % columns, random.nextGaussian() / 2);
            }
        }
        return matrix.build();
    }

    private ImmutableDoubleArray vector(int length) {
        return ImmutableDoubleArray.copyOf(random.doubles(length, -1, 1).toArray());
    }
}
