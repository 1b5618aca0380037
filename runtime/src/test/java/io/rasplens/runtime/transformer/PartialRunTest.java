package io.rasplens.runtime.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.grammar.value.Value;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.LimitedMemory;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookFilter;
import io.rasplens.runtime.hook.HookHandle;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.hook.KeyNames;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that start or stop at a layer, and what is refused. */
class PartialRunTest {
    private final HookedTransformer model =
            HookedTransformer.load(RandomModels.plain(6, AttentionDirection.BIDIRECTIONAL));
    private final TokenBatch tokens = model.encodeBatch(List.of(List.of("a", "b", "c"), List.of("d")));

    private static void refused(EngineCode code, ThrowingCallable run) {
        assertThatThrownBy(run).isInstanceOfSatisfying(EngineException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.help()).as("a way out of: %s", e.message()).isPresent();
        });
    }

    @Test
    void aRunStopsBeforeALayerWithTheStreamThere() {
        ActivationCache cache = model.runWithCache(tokens).cache();

        assertThat(model.forward(tokens, RunOptions.PLAIN.stopAt(0))).isEqualTo(cache.residPre(0));
        assertThat(model.forward(tokens, RunOptions.PLAIN.stopAt(1))).isEqualTo(cache.residPre(1));
        assertThat(model.forward(tokens, RunOptions.PLAIN.stopAt(-1))).isEqualTo(cache.residPre(1));
        assertThat(model.forward(tokens, RunOptions.PLAIN.stopAt(2))).isEqualTo(cache.residPost(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, -1, -2})
    void aRunGoesOnWhereAnotherStopped(int layer) {
        Tensor middle = model.forward(tokens, RunOptions.PLAIN.stopAt(layer));

        assertThat(model.forwardFrom(layer, middle, tokens, RunOptions.PLAIN)).isEqualTo(model.forward(tokens));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resid_pre", "resid_mid", "resid_post"})
    void aRunGoesOnFromAStageWithinALayer(String stage) {
        ActivationCache whole = model.runWithCache(tokens).cache();
        for (int layer = 0; layer < 2; layer++) {
            HookName point = KeyNames.resolve(model.config(), stage, layer);
            CachedRun rest = model.runWithCacheFrom(point, whole.get(point), tokens, RunOptions.PLAIN);

            assertThat(rest.logits()).isEqualTo(whole.logits());
            assertThat(model.forwardFrom(point, whole.get(point), tokens, RunOptions.PLAIN))
                    .isEqualTo(whole.logits());
            List<HookName> all = whole.names().asList();
            assertThat(rest.cache().names()).containsExactlyElementsOf(all.subList(all.indexOf(point), all.size()));
            rest.cache()
                    .activations()
                    .forEach((name, activation) -> assertThat(activation).isEqualTo(whole.get(name)));
        }
    }

    @Test
    void manyEditsOfOneRunGoOnTogether() {
        TokenBatch one = model.encode(List.of("a", "b", "c"));
        Tensor clean = model.runWithCache(one).cache().residMid(0);
        Tensor other =
                model.runWithCache(model.encode(List.of("d", "d", "a"))).cache().residMid(0);
        var edited = new ArrayList<Tensor>();
        for (int pos = 0; pos < one.positions(); pos++) {
            edited.add(clean.withSlice("pos", pos, other.slice("pos", pos)));
        }
        HookName mid = HookName.residMid(0);
        Tensor together =
                model.forwardFrom(mid, Tensor.concat("batch", edited), one.repeated(edited.size()), RunOptions.PLAIN);

        for (int i = 0; i < edited.size(); i++) {
            Tensor alone = model.forward(one, RunOptions.PLAIN.hook(mid, Hook.replaceWith(edited.get(i))));
            assertThat(together.slice("batch", i)).isEqualTo(alone.slice("batch", 0));
        }
    }

    @Test
    void aRunStartsOnlyWhereTheStreamIsWhole() {
        Tensor stream = model.forward(tokens, RunOptions.PLAIN.stopAt(0));

        refused(
                EngineCode.UNKNOWN_HOOK,
                () -> model.forwardFrom(HookName.attnOut(0), stream, tokens, RunOptions.PLAIN));
        refused(
                EngineCode.UNKNOWN_HOOK,
                () -> model.forwardFrom(HookName.residMid(2), stream, tokens, RunOptions.PLAIN));
        refused(
                EngineCode.LAYER_OUT_OF_RANGE,
                () -> model.forwardFrom(HookName.residMid(1), stream, tokens, RunOptions.PLAIN.stopAt(1)));
    }

    @Test
    void aHookOfTheModelThatTheRunNeverReachesIsRefusedButForAPermanentOne() {
        Hook look = Hook.observe((activation, point) -> {});
        HookHandle handle = model.hooks().add(HookName.z(1), look);
        try (handle) {
            refused(EngineCode.UNKNOWN_HOOK, () -> model.forward(tokens, RunOptions.PLAIN.stopAt(1)));
            model.forward(tokens);
        }
        try (var scope = model.hooks().scope()) {
            scope.add("blocks.0.*", look);
            Tensor middle = model.forward(tokens, RunOptions.PLAIN.stopAt(1));
            refused(EngineCode.UNKNOWN_HOOK, () -> model.forwardFrom(1, middle, tokens, RunOptions.PLAIN));
        }
        HookHandle permanent = model.hooks().addPermanent(HookFilter.of(HookName.z(1)), look);
        try (permanent) {
            model.forward(tokens, RunOptions.PLAIN.stopAt(1));
        }
    }

    @Test
    void onlyThePointsOnTheWayFireAndAreCached() {
        Tensor middle = model.forward(tokens, RunOptions.PLAIN.stopAt(1));
        CachedRun late = model.runWithCacheFrom(1, middle, tokens, RunOptions.PLAIN);
        CachedRun early = model.runWithCache(tokens, RunOptions.PLAIN.stopAt(1));

        assertThat(late.cache().names())
                .contains(HookName.residPre(1), HookName.unembedOut())
                .noneMatch(name -> name.layer() == 0 || name.equals(HookName.embed()));
        assertThat(early.cache().names())
                .contains(HookName.embed(), HookName.residPost(0))
                .noneMatch(name -> name.layer() == 1 || name.equals(HookName.unembedOut()));
    }

    @Test
    void aHookThatTheRunNeverReachesIsRefused() {
        Hook look = Hook.observe((activation, point) -> {});

        refused(
                EngineCode.UNKNOWN_HOOK,
                () -> model.forward(tokens, RunOptions.PLAIN.stopAt(1).hook(HookName.z(1), look)));
        refused(
                EngineCode.UNKNOWN_HOOK,
                () -> model.runWithCache(tokens, RunOptions.PLAIN.stopAt(1).names("hook_embed", "blocks.1.*")));
    }

    @Test
    void layersOutsideTheModelAreRefused() {
        Tensor stream = model.forward(tokens, RunOptions.PLAIN.stopAt(0));

        refused(EngineCode.LAYER_OUT_OF_RANGE, () -> model.forward(tokens, RunOptions.PLAIN.stopAt(3)));
        refused(EngineCode.LAYER_OUT_OF_RANGE, () -> model.forward(tokens, RunOptions.PLAIN.stopAt(-3)));
        refused(EngineCode.LAYER_OUT_OF_RANGE, () -> model.forwardFrom(3, stream, tokens, RunOptions.PLAIN));
        refused(EngineCode.LAYER_OUT_OF_RANGE, () -> model.forwardFrom(2, stream, tokens, RunOptions.PLAIN.stopAt(1)));
        refused(
                EngineCode.LAYER_OUT_OF_RANGE,
                () -> model.runWithCache(tokens).cache().pattern(2));
    }

    @Test
    void badInputIsRefused() {
        refused(EngineCode.EMPTY_INPUT, () -> model.run(List.of()));
        refused(EngineCode.EMPTY_INPUT, () -> model.runBatch(List.of()));
        refused(EngineCode.EMPTY_INPUT, () -> model.tokens(new int[0]));
        refused(EngineCode.INPUT_TOO_LONG, () -> model.run(List.of("a", "a", "a", "a", "a", "a")));
        refused(EngineCode.INPUT_TOO_LONG, () -> model.forward(model.tokens(new int[7])));
        refused(EngineCode.TOKEN_ID_OUT_OF_RANGE, () -> model.forward(model.tokens(new int[] {0, 6})));
        refused(EngineCode.TOKEN_ID_OUT_OF_RANGE, () -> model.forward(model.tokens(new int[] {-1})));
        TokenBatch outside = model.tokens(new int[] {0, 6});
        refused(EngineCode.TOKEN_ID_OUT_OF_RANGE, () -> model.runWithCache(outside));
        refused(EngineCode.TOKEN_ID_OUT_OF_RANGE, () -> model.runWithGradients(outside, LogitMetric.logit(0, 0, 0)));
        refused(EngineCode.UNKNOWN_TOKEN, () -> model.run(List.of("a", "e")));
        refused(EngineCode.UNKNOWN_TOKEN, () -> model.run(List.of("BOS")));
    }

    @Test
    void whatHasNotTheShapeItNeedsIsRefused() {
        Tensor stream = model.forward(tokens, RunOptions.PLAIN.stopAt(0));
        TokenBatch shorter = model.encode(List.of("a"));

        refused(EngineCode.WRONG_SHAPE, () -> model.forwardFrom(0, stream, shorter, RunOptions.PLAIN));
        refused(EngineCode.WRONG_SHAPE, () -> model.decode(stream, tokens));
        assertThatThrownBy(() -> model.forwardFrom(HookName.residMid(0), stream, shorter, RunOptions.PLAIN))
                .hasMessageContaining("the residual stream must be [batch 1, pos 2, d_model 6], not");
        assertThatThrownBy(() -> model.runWithGradients(tokens, logits -> stream))
                .hasMessageContaining("the gradient by the logits must be [batch 2, pos 4, d_vocab_out 3], not");
        refused(EngineCode.WRONG_SHAPE, () -> model.decode(model.forward(shorter), tokens));
    }

    /** Readers of the stream, three for a head and one for an MLP, keep half a number for each direction. */
    @Test
    void aModelThatDoesNotFitIsRefused() {
        long readers = 3 * 3 + 1 + 3 * 2 + 1;
        Runnable load = () -> HookedTransformer.load(model.model());
        assertThat(LimitedMemory.refused(readers * 6 / 2, load)).isEmpty();
        assertThat(LimitedMemory.refused(readers * 6 / 2 - 1, load))
                .hasValueSatisfying(refused -> assertThat(refused).hasMessageStartingWith("the model would take"));
    }

    /** More inputs than go through the layers together, and one that is left over: each gets what it gets alone. */
    @Test
    void manyInputsAreTakenInParts() {
        int[][] rows = new int[129 + 128][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = new int[] {4, row % 4, row / 4 % 4, row / 16 % 4};
        }
        TokenBatch many = model.tokens(rows);
        Tensor logits = model.forward(many);
        for (int row = 0; row < rows.length; row++) {
            assertThat(logits.slice("batch", row))
                    .isEqualTo(model.forward(model.tokens(rows[row])).slice("batch", 0));
        }
        // Who looks sees all of them at once.
        var seen = new ArrayList<Integer>();
        Tensor hooked = model.runWithHooks(
                many, HookAssignment.of(HookName.z(0), Hook.observe((z, point) -> seen.add(z.size("batch")))));
        assertThat(seen).containsExactly(rows.length);
        assertThat(hooked).isEqualTo(logits);
    }

    @Test
    void theCacheNamesWhatItHasNot() {
        ActivationCache cache = model.runWithCache(tokens, RunOptions.PLAIN.names("*hook_resid_*"))
                .cache();

        refused(EngineCode.NOT_CACHED, () -> cache.pattern(0));
        refused(EngineCode.UNKNOWN_HOOK, () -> cache.get("resid_mid"));
        refused(EngineCode.UNKNOWN_HOOK, () -> cache.get("residual", 0));
        refused(EngineCode.UNKNOWN_OUTPUT, () -> cache.logitAttributions(cache.accumulatedResid(), Value.of(7)));
        refused(EngineCode.UNKNOWN_OUTPUT, () -> cache.logitAttributions(cache.accumulatedResid(), 3));
    }
}
