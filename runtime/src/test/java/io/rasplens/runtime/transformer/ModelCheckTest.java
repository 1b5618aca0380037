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
import io.rasplens.compiler.model.OutputDecoder;
import io.rasplens.compiler.model.ResidualLabel;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixSparseCSC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that a model is refused for, by itself, with the part that the message names. */
class ModelCheckTest {
    private static final CompiledModel PLAIN = RandomModels.plain(2, AttentionDirection.CAUSAL);
    private static final CompiledModel NORMED =
            RandomModels.of(2, AttentionDirection.CAUSAL, Normalization.LN, Activation.GELU);

    private static void refused(CompiledModel model, String message) {
        assertThatThrownBy(() -> HookedTransformer.load(model))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.INCONSISTENT_MODEL))
                .hasMessage(message);
    }

    private static WeightMatrix zeros(int rows, int columns) {
        return WeightMatrix.zeros(rows, columns);
    }

    private static ImmutableDoubleArray vector(int length) {
        return ImmutableDoubleArray.copyOf(new double[length]);
    }

    private static CompiledModel with(TransformerConfig config) {
        return new CompiledModel(
                config,
                PLAIN.weights(),
                PLAIN.encoder(),
                PLAIN.decoder(),
                PLAIN.labels(),
                PLAIN.readouts(),
                PLAIN.provenance(),
                PLAIN.program(),
                PLAIN.certificate());
    }

    /** The plain model's sizes with some of them changed, in the order of the record; -9 leaves one as it is. */
    private static TransformerConfig sizes(int... changed) {
        TransformerConfig c = PLAIN.config();
        int[] old = {c.nLayers(), c.nHeads(), c.dModel(), c.dHead(), c.dMlp(), c.nCtx(), c.dVocab(), c.dVocabOut()};
        for (int i = 0; i < old.length; i++) {
            old[i] = changed[i] == -9 ? old[i] : changed[i];
        }
        return new TransformerConfig(
                old[0],
                old[1],
                old[2],
                old[3],
                old[4],
                old[5],
                old[6],
                old[7],
                c.activation(),
                c.attentionDirection(),
                c.normalization(),
                c.eps(),
                c.attnScale());
    }

    private static TransformerConfig numbers(double eps, double scale) {
        TransformerConfig c = PLAIN.config();
        return new TransformerConfig(
                c.nLayers(),
                c.nHeads(),
                c.dModel(),
                c.dHead(),
                c.dMlp(),
                c.nCtx(),
                c.dVocab(),
                c.dVocabOut(),
                c.activation(),
                c.attentionDirection(),
                c.normalization(),
                eps,
                scale);
    }

    private static CompiledModel layers(CompiledModel model, UnaryOperator<LayerWeights> second) {
        Weights w = model.weights();
        return RandomModels.with(
                model,
                new Weights(
                        w.embed(),
                        w.posEmbed(),
                        ImmutableList.of(
                                w.layers().get(0), second.apply(w.layers().get(1))),
                        w.lnFinal(),
                        w.unembed(),
                        w.unembedBias()));
    }

    private static CompiledModel head(HeadWeights head) {
        return layers(
                PLAIN,
                layer -> new LayerWeights(
                        ImmutableList.of(layer.heads().get(0), head),
                        layer.bO(),
                        layer.mlp(),
                        layer.ln1(),
                        layer.ln2()));
    }

    private static HeadWeights head(int dModel, int queryKey, int value) {
        return new HeadWeights(
                zeros(dModel, queryKey),
                vector(queryKey),
                zeros(dModel, queryKey),
                vector(queryKey),
                zeros(dModel, value),
                vector(value),
                zeros(value, dModel));
    }

    private static MlpWeights mlp(int dModel, int hidden) {
        return new MlpWeights(zeros(dModel, hidden), vector(hidden), zeros(hidden, dModel), vector(dModel));
    }

    @ParameterizedTest
    @EnumSource
    void whatFitsIsTaken(Normalization norm) {
        HookedTransformer.load(RandomModels.of(2, AttentionDirection.CAUSAL, norm, Activation.SILU));
        HookedTransformer.load(with(numbers(0, Double.MIN_VALUE)));
    }

    /** No heads, no units, or no layers at all: then a scale of scores matters to nobody. */
    @Test
    void layersOfNothing() {
        Weights w = PLAIN.weights();
        var nothing = new LayerWeights(ImmutableList.of(), vector(6), mlp(6, 0), Optional.empty(), Optional.empty());
        var empty = new Weights(
                w.embed(), w.posEmbed(), ImmutableList.of(nothing, nothing), w.lnFinal(), w.unembed(), w.unembedBias());
        HookedTransformer.load(RandomModels.with(with(sizes(-9, 0, -9, 0, 0, -9, -9, -9)), empty));
        var none = new Weights(w.embed(), w.posEmbed(), ImmutableList.of(), w.lnFinal(), w.unembed(), w.unembedBias());
        HookedTransformer.load(RandomModels.with(with(sizes(0, -9, -9, -9, -9, -9, -9, -9)), none));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4})
    void negativeSizes(int place) {
        int[] changed = Collections.nCopies(8, -9).stream().mapToInt(i -> i).toArray();
        changed[place] = -1;
        refused(with(sizes(changed)), "a size in the config is negative");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 6, 7})
    void sizesOfNothing(int place) {
        int[] changed = Collections.nCopies(8, -9).stream().mapToInt(i -> i).toArray();
        changed[place] = 0;
        refused(with(sizes(changed)), "d_model, n_ctx, d_vocab and d_vocab_out must be at least 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void scalesThatDivideNothing(double scale) {
        refused(with(numbers(1e-5, scale)), "attn_scale must be a positive number, not " + scale);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
    void epsilonsThatAreNone(double eps) {
        refused(with(numbers(eps, 1)), "eps must not be negative, but is " + eps);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -9 -9 -9 -9 -9 -9 7 -9  | embed.W_E is [6, 6] but must be [7, 6]
            -9 -9 -9 -9 -9 7 -9 -9  | pos_embed.W_pos is [6, 6] but must be [7, 6]
            -9 -9 7 -9 -9 -9 -9 -9  | embed.W_E is [6, 6] but must be [6, 7]
            3 -9 -9 -9 -9 -9 -9 -9  | the number of layers is 2 but must be 3
            -9 2 -9 -9 -9 -9 -9 -9  | blocks.0.attn: number of heads is 3 but the config allows 2
            -9 -9 -9 3 -9 -9 -9 -9  | blocks.0.attn, head 0: width of W_Q is 4 but the config allows 3
            -9 -9 -9 -9 4 -9 -9 -9  | blocks.0.mlp: hidden units is 5 but the config allows 4
            -9 -9 -9 -9 -9 -9 -9 4  | unembed.W_U is [6, 3] but must be [6, 4]
            """)
    void sizesThatTheWeightsDoNotHave(String sizes, String message) {
        int[] changed = Arrays.stream(sizes.trim().split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
        refused(with(sizes(changed)), message);
    }

    @Test
    void layersThatDoNotFit() {
        refused(head(head(5, 2, 2)), "blocks.1.attn, head 1: rows of W_Q is 5 but must be 6");
        refused(head(head(6, 5, 2)), "blocks.1.attn, head 1: width of W_Q is 5 but the config allows 4");
        refused(head(head(6, 2, 5)), "blocks.1.attn, head 1: width of W_V is 5 but the config allows 4");
        refused(
                layers(PLAIN, l -> new LayerWeights(l.heads(), vector(5), l.mlp(), l.ln1(), l.ln2())),
                "blocks.1.attn.b_O is [5] but must be [6]");
        refused(
                layers(PLAIN, l -> new LayerWeights(l.heads(), l.bO(), mlp(5, 2), l.ln1(), l.ln2())),
                "blocks.1.mlp.W_in: rows is 5 but must be 6");
        refused(
                layers(PLAIN, l -> new LayerWeights(l.heads(), l.bO(), mlp(6, 6), l.ln1(), l.ln2())),
                "blocks.1.mlp: hidden units is 6 but the config allows 5");
    }

    @Test
    void normsThatAreMissingOrTooMany() {
        var norm = Optional.of(new NormWeights(vector(6), vector(6)));
        refused(
                layers(PLAIN, l -> new LayerWeights(l.heads(), l.bO(), l.mlp(), norm, l.ln2())),
                "blocks.1.ln1 does not belong in a model with normalization NONE");
        refused(
                layers(NORMED, l -> new LayerWeights(l.heads(), l.bO(), l.mlp(), l.ln1(), Optional.empty())),
                "blocks.1.ln2 is missing");
        refused(
                layers(
                        NORMED,
                        l -> new LayerWeights(
                                l.heads(),
                                l.bO(),
                                l.mlp(),
                                Optional.of(new NormWeights(vector(5), vector(6))),
                                l.ln2())),
                "blocks.1.ln1.w is [5] but must be [6]");
        refused(
                layers(
                        NORMED,
                        l -> new LayerWeights(
                                l.heads(),
                                l.bO(),
                                l.mlp(),
                                l.ln1(),
                                Optional.of(new NormWeights(vector(6), vector(7))))),
                "blocks.1.ln2.b is [7] but must be [6]");
        Weights w = NORMED.weights();
        refused(
                RandomModels.with(
                        NORMED,
                        new Weights(
                                w.embed(), w.posEmbed(), w.layers(), Optional.empty(), w.unembed(), w.unembedBias())),
                "ln_final is missing");
    }

    @Test
    void theUnembeddingsBias() {
        Weights w = PLAIN.weights();
        refused(
                RandomModels.with(
                        PLAIN, new Weights(w.embed(), w.posEmbed(), w.layers(), w.lnFinal(), w.unembed(), vector(2))),
                "unembed.b_U is [2] but must be [3]");
    }

    private static CompiledModel codec(Optional<TokenEncoder> encoder, Optional<OutputDecoder> decoder, int labels) {
        return new CompiledModel(
                PLAIN.config(),
                PLAIN.weights(),
                encoder,
                decoder,
                ImmutableList.copyOf(Collections.nCopies(labels, new ResidualLabel("x", Optional.empty()))),
                PLAIN.readouts(),
                PLAIN.provenance(),
                PLAIN.program(),
                PLAIN.certificate());
    }

    @Test
    void codecsOfAnotherModel() {
        TokenEncoder known = PLAIN.encoder().orElseThrow();
        refused(
                codec(Optional.of(TokenEncoder.forVocabulary(ImmutableList.of(Value.of("a")))), PLAIN.decoder(), 0),
                "the size of the vocabulary is 3 but must be 6");
        refused(codec(Optional.of(new TokenEncoder(known.vocabulary(), 6, 5)), PLAIN.decoder(), 0), "BOS has the id 6");
        refused(
                codec(Optional.of(new TokenEncoder(known.vocabulary(), -1, 5)), PLAIN.decoder(), 0),
                "BOS has the id -1");
        refused(codec(Optional.of(new TokenEncoder(known.vocabulary(), 0, 6)), PLAIN.decoder(), 0), "PAD has the id 6");
        refused(
                codec(Optional.of(new TokenEncoder(known.vocabulary(), 0, -2)), PLAIN.decoder(), 0),
                "PAD has the id -2");
        HookedTransformer.load(
                codec(Optional.of(new TokenEncoder(known.vocabulary(), 0, TokenEncoder.NO_PAD)), PLAIN.decoder(), 6));
        refused(
                codec(
                        PLAIN.encoder(),
                        Optional.of(new OutputDecoder.Categorical(ImmutableList.of(Value.of(1), Value.of(2)))),
                        0),
                "the number of values of the output is 2 but must be 3");
        refused(
                codec(PLAIN.encoder(), Optional.of(new OutputDecoder.Numerical(ImmutableList.of())), 0),
                "the number of logits of the output, a number, is 3 but must be 1");
        refused(codec(PLAIN.encoder(), PLAIN.decoder(), 5), "the number of residual labels is 5 but must be 6");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void weightsThatAreNotFinite(double number) {
        var broken = new DMatrixSparseCSC(6, 3, 1);
        broken.set(4, 2, number);
        Weights w = PLAIN.weights();
        CompiledModel model = RandomModels.with(
                PLAIN,
                new Weights(
                        w.embed(),
                        w.posEmbed(),
                        w.layers(),
                        w.lnFinal(),
                        WeightMatrix.copyOf(broken),
                        w.unembedBias()));
        assertThatThrownBy(() -> HookedTransformer.load(model))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.NOT_FINITE))
                .hasMessageStartingWith("the weight unembed.W_U is " + number + " at [4, 2]");
        CompiledModel bias = layers(
                PLAIN,
                l -> new LayerWeights(
                        l.heads(), ImmutableDoubleArray.of(0, 0, 0, number, 0, 0), l.mlp(), l.ln1(), l.ln2()));
        assertThatThrownBy(() -> HookedTransformer.load(bias))
                .hasMessageStartingWith("the weight blocks.1.attn.b_O is " + number + " at [3]");
    }
}
