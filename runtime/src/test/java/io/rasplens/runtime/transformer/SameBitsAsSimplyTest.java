package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.rasplens.compiler.model.CompiledModel;
import io.rasplens.compiler.model.TokenEncoder;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.store.Fixtures;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However the engine lays out its rows, blocks its batches and skips its zeros: the bits are those of the simple loops. */
class SameBitsAsSimplyTest {
    static Stream<Arguments> models() {
        var models = new ArrayList<Arguments>();
        for (String name : Fixtures.NAMES) {
            models.add(Arguments.of(name, ModelStore.load(Fixtures.model(name)).orThrow()));
        }
        for (String name : Fixtures.FOREIGN) {
            models.add(Arguments.of(
                    name,
                    ModelStore.load(Fixtures.foreign(name).resolve("model.safetensors"))
                            .orThrow()));
        }
        for (AttentionDirection direction : AttentionDirection.values()) {
            for (Normalization norm : Normalization.values()) {
                for (Activation activation : Activation.values()) {
                    models.add(Arguments.of(
                            direction + " " + norm + " " + activation,
                            RandomModels.of(3, direction, norm, activation)));
                }
            }
        }
        return models.stream();
    }

    private static int[] row(Random random, CompiledModel model, int length) {
        return IntStream.range(0, length)
                .map(i -> random.nextInt(model.config().dVocab()))
                .toArray();
    }

    /** Single inputs of each length, batches narrow and wide, and, where there is padding, ragged ones. */
    private static ImmutableList<TokenBatch> batches(HookedTransformer model) {
        var random = new Random(11);
        int longest = Math.min(model.config().nCtx(), 8);
        int pad = model.model().encoder().map(TokenEncoder::pad).orElse(TokenEncoder.NO_PAD);
        var batches = ImmutableList.<TokenBatch>builder();
        for (int length = 1; length <= longest; length++) {
            batches.add(model.tokens(row(random, model.model(), length)));
        }
        for (int size : new int[] {2, 3, 9, 70}) {
            int length = 1 + random.nextInt(longest);
            batches.add(model.tokens(IntStream.range(0, size)
                    .mapToObj(i -> row(random, model.model(), length))
                    .toArray(int[][]::new)));
            if (pad != TokenEncoder.NO_PAD) {
                batches.add(model.tokens(IntStream.range(0, size)
                        .mapToObj(i -> row(random, model.model(), 1 + random.nextInt(longest)))
                        .toArray(int[][]::new)));
            }
        }
        return batches.build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void everyActivationAgreesBitForBit(String name, CompiledModel compiled) {
        HookedTransformer model = HookedTransformer.load(compiled);
        for (TokenBatch tokens : batches(model)) {
            Map<HookName, Tensor> expected = SimpleForward.run(compiled, tokens);
            CachedRun run = model.runWithCache(tokens);

            assertThat(run.cache().names()).containsExactlyElementsOf(expected.keySet());
            expected.forEach((point, activation) ->
                    same(point + " of " + tokens, run.cache().get(point), activation));
            same("logits of " + tokens, model.forward(tokens), run.logits());
        }
    }

    private static void same(String what, Tensor actual, Tensor expected) {
        if (!actual.equals(expected)) {
            assertThat(Arrays.toString(actual.toArray())).as(what).isEqualTo(Arrays.toString(expected.toArray()));
        }
    }
}
