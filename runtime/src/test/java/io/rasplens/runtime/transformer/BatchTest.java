package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A batch gives each row what it gets alone, bit for bit, however far it was filled up. */
class BatchTest {
    private static final ImmutableList<List<String>> INPUTS =
            ImmutableList.of(List.of("a"), List.of("b", "c", "d", "a", "b"), List.of("d", "d"), List.of("c", "a", "b"));

    private static HookedTransformer model(AttentionDirection direction) {
        return HookedTransformer.load(RandomModels.of(8, direction, Normalization.LN, Activation.GELU));
    }

    @ParameterizedTest
    @EnumSource
    void aRaggedBatchAgreesWithSingleRuns(AttentionDirection direction) {
        HookedTransformer model = model(direction);
        TokenBatch batch = model.encodeBatch(INPUTS);
        Tensor logits = model.forward(batch);

        assertThat(model.runBatch(INPUTS))
                .isEqualTo(INPUTS.stream().map(model::run).toList());
        for (int row = 0; row < INPUTS.size(); row++) {
            Tensor alone = model.forward(model.encode(INPUTS.get(row))).slice("batch", 0);
            Tensor together = logits.slice("batch", row);
            for (int pos = 0; pos < alone.size("pos"); pos++) {
                assertThat(together.slice("pos", pos)).isEqualTo(alone.slice("pos", pos));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noQuerySeesPaddingAndNoneInACausalModelSeesWhatComesLater(AttentionDirection direction) {
        HookedTransformer model = model(direction);
        TokenBatch batch = model.encodeBatch(INPUTS);
        ActivationCache cache = model.runWithCache(batch).cache();

        for (int row = 0; row < batch.size(); row++) {
            for (int query = 0; query < batch.positions(); query++) {
                double sum = 0;
                for (int key = 0; key < batch.positions(); key++) {
                    boolean hidden = !batch.isReal(row, key) || (direction == AttentionDirection.CAUSAL && key > query);
                    double score = cache.attnScores(0).get(row, 1, query, key);
                    double weight = cache.pattern(0).get(row, 1, query, key);
                    assertThat(score == Double.NEGATIVE_INFINITY).isEqualTo(hidden);
                    assertThat(weight == 0).isEqualTo(hidden);
                    sum += weight;
                }
                assertThat(Math.abs(sum - 1)).isLessThan(1e-15);
            }
        }
    }

    @Test
    void aQueryThatSeesNothingGetsZeros() {
        HookedTransformer model = model(AttentionDirection.CAUSAL);
        int pad = model.model().encoder().orElseThrow().pad();
        ActivationCache cache = model.runWithCache(new int[] {pad, 0, 1}).cache();

        assertThat(cache.pattern(0).slice("query", 0).toArray()).containsOnly(0);
        assertThat(cache.z(0).slice("pos", 0).toArray()).containsOnly(0);
        assertThat(Arrays.stream(cache.logits().toArray())).allMatch(Double::isFinite);
    }

    @Test
    void withoutAPaddingTokenARaggedBatchIsRefusedButInputsOfAnyLengthsRunByLength() {
        CompiledModel with = RandomModels.plain(8, AttentionDirection.BIDIRECTIONAL);
        TokenEncoder encoder = with.encoder().orElseThrow();
        var bare = new CompiledModel(
                with.config(),
                with.weights(),
                Optional.of(new TokenEncoder(encoder.vocabulary(), encoder.bos(), TokenEncoder.NO_PAD)),
                with.decoder(),
                with.labels(),
                with.readouts(),
                with.provenance(),
                with.program(),
                with.certificate());
        HookedTransformer model = HookedTransformer.load(bare);

        assertThatThrownBy(() -> model.encodeBatch(INPUTS))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.NO_PADDING_TOKEN));
        assertThat(model.runBatch(INPUTS))
                .isEqualTo(INPUTS.stream().map(model::run).toList());
        assertThat(model.runBatch(List.of(List.of("a", "b"), List.of("c", "d"))))
                .isEqualTo(List.of(model.run(List.of("a", "b")), model.run(List.of("c", "d"))));
    }
}
