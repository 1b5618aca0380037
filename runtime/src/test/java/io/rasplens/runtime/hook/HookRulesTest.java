package io.rasplens.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.cache.CachedRun;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RandomModels;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookRulesTest {
    private static final HookName PATTERN = HookName.pattern(0);

    private final HookedTransformer model =
            HookedTransformer.load(RandomModels.plain(4, AttentionDirection.BIDIRECTIONAL));
    private final TokenBatch tokens = model.encode(List.of("a", "b", "c"));
    private final List<String> seen = new ArrayList<>();

    private Hook say(String word) {
        return Hook.observe((activation, point) -> seen.add(word));
    }

    private static Hook scale(double factor) {
        return Hook.replace((activation, point) -> activation.times(factor));
    }

    @Test
    void hooksRunInOrderOfAdditionPrependedOnesFirstThoseOfTheRunLast() {
        model.hooks().add(PATTERN, say("added"));
        model.hooks().addPermanent(HookFilter.of(PATTERN), say("permanent"));
        model.hooks().prepend(HookFilter.of(PATTERN), say("prepended"));
        model.hooks().prepend(HookFilter.of(PATTERN), say("prepended later"));

        model.runWithHooks(tokens, HookAssignment.of(PATTERN, say("own 1")), HookAssignment.of(PATTERN, say("own 2")));

        assertThat(seen).containsExactly("prepended later", "prepended", "added", "permanent", "own 1", "own 2");
    }

    @Test
    void eachHookSeesWhatTheOneBeforeLeftAndTheCacheWhatAllLeft() {
        Tensor clean = model.runWithCache(tokens).cache().get("z", 0);
        CachedRun run = model.runWithCache(
                tokens, RunOptions.PLAIN.hook(HookName.z(0), scale(2)).hook(HookName.z(0), scale(4)));

        assertThat(run.cache().get("z", 0)).isEqualTo(clean.times(8));
    }

    @Test
    void aHandleRemovesItsOwnHookOnlyAndClosingTwiceIsHarmless() {
        Hook twice = say("x");
        HookHandle first = model.hooks().add(PATTERN, twice);
        model.hooks().add(PATTERN, twice);

        first.close();
        first.close();
        model.forward(tokens);

        assertThat(seen).containsExactly("x");
    }

    @Test
    void nestedScopesRemoveOnlyTheirOwn() {
        try (HookScope outer = model.hooks().scope()) {
            outer.add(PATTERN, say("outer"));
            try (HookScope inner = model.hooks().scope()) {
                inner.prepend(HookFilter.of(PATTERN), say("inner"));
                model.forward(tokens);
            }
            model.forward(tokens);
        }
        model.forward(tokens);

        assertThat(seen).containsExactly("inner", "outer", "outer");
        assertThat(model.hooks().size()).isZero();
    }

    @Test
    void clearingKeepsPermanentHooksButTheirHandleRemovesThem() {
        model.hooks().add(PATTERN, say("normal"));
        HookHandle handle = model.hooks().addPermanent(HookFilter.of(PATTERN), say("permanent"));

        model.hooks().clear();
        model.forward(tokens);
        assertThat(seen).containsExactly("permanent");

        handle.close();
        assertThat(model.hooks().size()).isZero();
    }

    @Test
    void aHookThatThrowsLeavesNoHookBehind() {
        Tensor clean = model.forward(tokens);
        Hook thrower = Hook.observe((activation, point) -> {
            throw new IllegalStateException("no");
        });

        assertThatThrownBy(() -> model.runWithHooks(
                        tokens, HookAssignment.of(HookName.z(0), scale(3)), HookAssignment.of(PATTERN, thrower)))
                .hasMessage("no");
        assertThatThrownBy(() -> {
                    try (HookScope scope = model.hooks().scope()) {
                        scope.add(HookName.z(0), scale(3)).add(HookName.z(1), thrower);
                        model.runWithCache(tokens);
                    }
                })
                .hasMessage("no");

        assertThat(model.hooks().size()).isZero();
        assertThat(model.forward(tokens)).isEqualTo(clean);
    }

    @Test
    void aScopeThatFailsToAddLeavesNoHookBehind() {
        assertThatThrownBy(() -> {
                    try (HookScope scope = model.hooks().scope()) {
                        scope.add(PATTERN, say("x")).add("no_such_point", say("y"));
                    }
                })
                .isInstanceOf(EngineException.class);

        assertThat(model.hooks().size()).isZero();
    }

    @Test
    void aReplacementOfAnotherShapeIsRefusedWithBothShapes() {
        Tensor wrong = Tensor.of(new double[2], 1, 2);

        assertThatThrownBy(() -> model.runWithHooks(tokens, HookAssignment.of(PATTERN, Hook.replaceWith(wrong))))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.WRONG_SHAPE))
                .hasMessageContaining("blocks.0.attn.hook_pattern")
                .hasMessageContaining("[axis0 1, axis1 2]")
                .hasMessageContaining("[batch 1, head 3, query 4, key 4]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocks.0.attn.hook_patern", "blocks.0.attn.hook_pattern2", "block.0.attn.hook_pattern"})
    void aNameThatMeansNothingIsAnErrorWithTheNearestName(String name) {
        assertThatThrownBy(() -> model.hooks().add(name, say("x"))).isInstanceOfSatisfying(EngineException.class, e -> {
            assertThat(e.code()).isEqualTo(EngineCode.UNKNOWN_HOOK);
            assertThat(e.help().orElseThrow()).contains("'blocks.0.attn.hook_pattern'");
        });
    }

    @Test
    void cachedValuesAreSnapshots() {
        Hook edit = scale(-1);
        CachedRun run = model.runWithCache(tokens);
        double[] copy = run.cache().get("embed").toArray();
        Tensor before = Tensor.of(copy, run.cache().get("embed").axes());
        copy[0] += 1;

        model.runWithHooks(tokens, HookAssignment.of(HookName.embed(), edit));

        assertThat(run.cache().get("embed")).isEqualTo(before);
    }
}
