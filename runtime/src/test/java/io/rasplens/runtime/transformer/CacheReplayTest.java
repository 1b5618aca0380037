package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.rasplens.compiler.model.TransformerConfig.Activation;
import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.compiler.model.TransformerConfig.Normalization;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookFilter;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.store.Fixtures;
import io.rasplens.runtime.store.ModelStore;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache makes its activations when they are read: they are, bit for bit, those that a hook sees go by. */
class CacheReplayTest {
    private static final HookFilter EVERYTHING = HookFilter.where("everything", name -> true);

    private final HookedTransformer model = model(Normalization.NONE);
    private final TokenBatch tokens = model.encodeBatch(List.of(List.of("a", "b", "c"), List.of("d")));

    private static HookedTransformer model(Normalization norm) {
        return HookedTransformer.load(RandomModels.of(21, AttentionDirection.BIDIRECTIONAL, norm, Activation.RELU));
    }

    /** What goes by at each point. */
    private static RunOptions watching(Map<HookName, double[]> seen) {
        return RunOptions.PLAIN.hook(
                EVERYTHING, Hook.observe((activation, point) -> seen.put(point.name(), activation.toArray())));
    }

    private static void assertSameBits(ActivationCache cache, Map<HookName, double[]> seen) {
        assertThat(cache.names()).containsExactlyElementsOf(seen.keySet());
        seen.forEach((name, numbers) ->
                assertThat(bits(cache.get(name).toArray())).as("%s", name).isEqualTo(bits(numbers)));
    }

    private static long[] bits(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    @ParameterizedTest
    @EnumSource(Normalization.class)
    void everyPointOfARunIsAsItWentBy(Normalization norm) {
        HookedTransformer normed = model(norm);
        var seen = new LinkedHashMap<HookName, double[]>();
        normed.forward(tokens, watching(seen));

        assertSameBits(
                normed.runWithCache(tokens, RunOptions.PLAIN.names(EVERYTHING)).cache(), seen);
    }

    @Test
    void theInputsOfAWideBatchComeBackInTheirPlaces() {
        TokenBatch wide = model.encodeBatch(IntStream.range(0, 300)
                .mapToObj(i -> List.of("a", "abcd".substring(i % 4, i % 4 + 1), i % 3 == 0 ? "b" : "d"))
                .toList());
        var seen = new LinkedHashMap<HookName, double[]>();
        model.forward(wide, watching(seen));

        assertSameBits(
                model.runWithCache(wide, RunOptions.PLAIN.names(EVERYTHING)).cache(), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resid_pre", "resid_mid", "resid_post"})
    void aRunFromAGivenStreamKeepsItsNegativeZeros(String stage) {
        for (int layer = 0; layer < model.config().nLayers(); layer++) {
            HookName point = HookName.all(model.config()).stream()
                    .filter(name -> name.text().endsWith("hook_" + stage))
                    .toList()
                    .get(layer);
            Tensor whole = model.runWithCache(tokens).cache().get(point);
            double[] numbers = whole.toArray();
            for (int i = 0; i < numbers.length; i += 3) {
                numbers[i] = -0.0;
            }
            Tensor given = Tensor.of(numbers, whole.axes());
            var seen = new LinkedHashMap<HookName, double[]>();
            model.forwardFrom(point, given, tokens, watching(seen));

            assertSameBits(
                    model.runWithCacheFrom(point, given, tokens, RunOptions.PLAIN.names(EVERYTHING))
                            .cache(),
                    seen);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aRunThatStopsEarlyHasWhatStandsBefore(int stop) {
        var seen = new LinkedHashMap<HookName, double[]>();
        model.forward(tokens, watching(seen).stopAt(stop));

        assertSameBits(
                model.runWithCache(tokens, RunOptions.PLAIN.names(EVERYTHING).stopAt(stop))
                        .cache(),
                seen);
    }

    @Test
    void hooksThatComeLaterChangeNothingInACache() {
        var seen = new LinkedHashMap<HookName, double[]>();
        model.forward(tokens, watching(seen));
        ActivationCache cache =
                model.runWithCache(tokens, RunOptions.PLAIN.names(EVERYTHING)).cache();
        model.hooks().add("hook_embed", (activation, point) -> Optional.of(activation.map(x -> 2 * x)));

        assertSameBits(cache, seen);
    }

    @Test
    void severalThreadsMayReadACacheForTheFirstTime() {
        TokenBatch many = model.encodeBatch(
                IntStream.range(0, 200).mapToObj(i -> List.of("a", "b", "c")).toList());
        for (int round = 0; round < 20; round++) {
            ActivationCache cache = model.runWithCache(many).cache();
            var readers = new ArrayList<CompletableFuture<Tensor>>();
            for (int reader = 0; reader < 4; reader++) {
                readers.add(CompletableFuture.supplyAsync(() -> cache.z(1)));
            }
            readers.forEach(reader -> assertThat(reader.join()).isEqualTo(cache.z(1)));
        }
    }

    @Test
    void aConditionOfTheCallersMayChangeItsMindBetweenRuns() {
        var wanted = new ArrayList<HookName>(List.of(HookName.z(0)));
        HookFilter filter = HookFilter.where("wanted", wanted::contains);
        assertThat(model.runWithCache(tokens, RunOptions.PLAIN.names(filter))
                        .cache()
                        .names())
                .containsExactly(HookName.z(0));
        wanted.add(HookName.q(0));

        assertThat(model.runWithCache(tokens, RunOptions.PLAIN.names(filter))
                        .cache()
                        .names())
                .containsExactly(HookName.q(0), HookName.z(0));
    }

    /** Bytes that a run allocates after others like it. */
    private static long warm(Runnable run) {
        for (int i = 0; i < 10; i++) {
            run.run();
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        run.run();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    /** What a cache of a model of some size holds before it is read is the stream before each block, and little else. */
    @Test
    void aCacheThatNobodyReadsHoldsTheStreamAlone() {
        HookedTransformer sort =
                HookedTransformer.load(ModelStore.load(Fixtures.model("sort")).orThrow());
        TokenBatch input = sort.tokens(new int[] {4, 3, 2, 1, 0, 1});
        long streams = (sort.config().nLayers() + 1L) * sort.config().dModel() * 8 * Double.BYTES;

        assertThat(warm(() -> sort.runWithCache(input))).isLessThan(streams + 4_000);
        assertThat(warm(() -> sort.runWithCache(input, RunOptions.PLAIN.names("unembed.hook_in"))))
                .isLessThan(streams);
        assertThat(warm(() -> sort.forward(input))).isLessThan(2_000);
    }
}
