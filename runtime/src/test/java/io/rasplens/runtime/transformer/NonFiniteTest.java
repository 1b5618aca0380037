package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.WeightMatrix;
import io.rasplens.compiler.model.Weights;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.hook.HookScope;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Logits that are no finite numbers are no answer, and the message says where they began. */
class NonFiniteTest {
    private static final List<String> INPUT = List.of("a", "b", "c");

    private final CompiledModel plain = RandomModels.plain(4, AttentionDirection.CAUSAL);

    private HookedTransformer unembeddedBy(double weight) {
        WeightMatrix old = plain.weights().unembed();
        WeightMatrix.Builder unembed = WeightMatrix.builder(old.rows(), old.columns());
        for (int row = 0; row < old.rows(); row++) {
            for (int column = 0; column < old.columns(); column++) {
                unembed.add(row, column, weight);
            }
        }
        Weights weights = plain.weights();
        return HookedTransformer.load(RandomModels.with(
                plain,
                new Weights(
                        weights.embed(),
                        weights.posEmbed(),
                        weights.layers(),
                        weights.lnFinal(),
                        unembed.build(),
                        weights.unembedBias())));
    }

    @Test
    void overflowingLogitsAreNoAnswer() {
        HookedTransformer model = unembeddedBy(1.7e308);

        assertThatThrownBy(() -> model.run(INPUT))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.NOT_FINITE))
                .hasMessageContaining("at unembed.hook_out [batch 0, pos ");
        assertThatThrownBy(() -> model.runBatch(List.of(INPUT, List.of("d")))).hasMessageContaining("unembed.hook_out");
    }

    @Test
    void theFirstPointThatIsNotFiniteIsNamedWithItsPlace() {
        HookedTransformer model = HookedTransformer.load(plain);
        try (HookScope scope = model.hooks().scope()) {
            scope.add(HookName.z(1), Hook.replace((z, point) -> z.with(Double.NaN, 0, 2, 1, 3)));

            assertThatThrownBy(() -> model.run(INPUT))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("NaN at blocks.1.attn.hook_z [batch 0, pos 2, head 1, d_head 3]");
        }
    }

    @Test
    void logitsOfARunWhoseHooksAreGoneAreRefusedToo() {
        HookedTransformer model = HookedTransformer.load(plain);
        TokenBatch tokens = model.encode(INPUT);
        Tensor broken = model.forward(tokens).with(Double.NEGATIVE_INFINITY, 0, 1, 0);

        assertThatThrownBy(() -> model.decode(broken, tokens))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("without the hooks that were there");
    }

    @Test
    void hiddenScoresAreInfiniteAndNoMistake() {
        HookedTransformer model = HookedTransformer.load(plain);

        assertThat(model.run(INPUT)).hasSize(3);
        assertThat(model.runWithCache(INPUT).cache().attnScores(0).isFinite()).isFalse();
        assertThat(model.runWithCache(INPUT).cache().pattern(0).isFinite()).isTrue();
    }
}
