package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.cache.ComponentStack;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookFilter;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold in every model, whatever its weights: causal or not, with each norm, ragged layers, a padded batch. */
class IdentitiesTest {
    /** A few roundings of numbers of size 10. */
    private static final double LAST_BITS = 1e-13;

    private static final HookFilter EVERYTHING = HookFilter.where("everything", name -> true);

    static Stream<Arguments> models() {
        return Arrays.stream(AttentionDirection.values())
                .flatMap(direction -> Arrays.stream(Normalization.values())
                        .flatMap(norm -> Arrays.stream(Activation.values()).map(activation -> {
                            var model = RandomModels.of(1, direction, norm, activation);
                            return Arguments.of(
                                    direction + " " + norm + " " + activation, HookedTransformer.load(model));
                        })));
    }

    private static TokenBatch batch(HookedTransformer model) {
        return model.encodeBatch(List.of(List.of("a", "b", "c", "a"), List.of("d", "b"), List.of("c", "c", "c")));
    }

    private static CachedRun everything(HookedTransformer model) {
        return model.runWithCache(batch(model), RunOptions.PLAIN.names(EVERYTHING));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void theStreamIsTheSumOfWhatIsAddedToIt(String name, HookedTransformer model) {
        ActivationCache cache = everything(model).cache();

        assertThat(cache.get("embed").plus(cache.get("pos_embed"))).isEqualTo(cache.residPre(0));
        for (int layer = 0; layer < 2; layer++) {
            assertThat(cache.residPre(layer).plus(cache.attnOut(layer))).isEqualTo(cache.residMid(layer));
            assertThat(cache.residMid(layer).plus(cache.mlpOut(layer))).isEqualTo(cache.residPost(layer));
        }
        assertThat(cache.residPost(0)).isEqualTo(cache.residPre(1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void headsAndBiasAddUpToTheAttentionOutput(String name, HookedTransformer model) {
        ActivationCache cache = everything(model).cache();

        for (int layer = 0; layer < 2; layer++) {
            Tensor results = cache.get("result", layer);
            double[] bias = model.model().weights().layers().get(layer).bO().toArray();
            Tensor sum = results.slice("head", 0);
            for (int head = 1; head < results.size("head"); head++) {
                sum = sum.plus(results.slice("head", head));
            }
            double[] total = sum.toArray();
            for (int i = 0; i < total.length; i++) {
                total[i] += bias[i % bias.length];
            }
            assertThat(Tensor.of(total, sum.axes())).isEqualTo(cache.attnOut(layer));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void everyDecompositionAddsUpToTheFinalStream(String name, HookedTransformer model) {
        // Without hook_result in the cache, so that the results are made from z.
        ActivationCache cache = model.runWithCache(
                        batch(model),
                        RunOptions.PLAIN.names(HookFilter.where(
                                "all but results", point -> !point.text().endsWith("hook_result"))))
                .cache();
        Tensor last = cache.get("resid_post", -1);

        assertThat(cache.decomposeResid().sum().maxDifference(last)).isLessThan(LAST_BITS);
        assertThat(cache.fullDecomposition().sum().maxDifference(last)).isLessThan(LAST_BITS);
        assertThat(cache.fullDecomposition(1).sum().maxDifference(cache.residPre(1)))
                .isLessThan(LAST_BITS);
        ComponentStack accumulated = cache.accumulatedResid();
        assertThat(accumulated.get("final_post").maxDifference(last)).isZero();
        assertThat(cache.headResults(1)).isEqualTo(everything(model).cache().get("result", 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void patchingInWhatWasCachedChangesNoBit(String name, HookedTransformer model) {
        CachedRun clean = everything(model);

        for (HookName point : clean.cache().names()) {
            Hook same = Hook.replaceWith(clean.cache().get(point));
            CachedRun patched = model.runWithCache(
                    batch(model), RunOptions.PLAIN.hook(point, same).names(EVERYTHING));
            assertThat(patched.logits()).as(point.text()).isEqualTo(clean.logits());
            assertThat(patched.cache().activations())
                    .as(point.text())
                    .isEqualTo(clean.cache().activations());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void everyListedHookFiresOnceInOrderAndItsEditShows(String name, HookedTransformer model) {
        TokenBatch tokens = batch(model);
        Tensor clean = model.forward(tokens);
        var fired = new ArrayList<HookName>();
        try (var scope = model.hooks().scope()) {
            scope.add(EVERYTHING, Hook.observe((activation, point) -> fired.add(point.name())));
            assertThat(model.forward(tokens)).isEqualTo(clean);
        }
        assertThat(fired).isEqualTo(HookName.all(model.config()));

        for (HookName point : model.hooks().names()) {
            Tensor edited = model.forward(tokens, RunOptions.PLAIN.hook(point, Hook.replace((x, at) -> spread(x))));
            assertThat(edited.maxDifference(clean)).as(point.text()).isGreaterThan(1e-6);
        }
    }

    /** Another number everywhere, not the same for all: neither a norm nor a softmax takes that back. */
    private static Tensor spread(Tensor x) {
        double[] values = x.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = 1.5 * values[i] + 0.1 + 0.07 * (i % 5);
        }
        return Tensor.of(values, x.axes());
    }
}
