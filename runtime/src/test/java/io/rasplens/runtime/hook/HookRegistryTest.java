package io.rasplens.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.tensor.Axis;
import io.rasplens.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The hooks of a model of three points, without the model. */
class HookRegistryTest {
    private static final HookName EMBED = HookName.embed();
    private static final HookName Z = HookName.z(0);
    private static final HookName OUT = HookName.unembedOut();
    private static final List<HookName> ALL = List.of(EMBED, Z, OUT);
    private static final HookPoint POINT = new HookPoint(Z, ImmutableList.of(new Axis("pos", 2), new Axis("d", 3)));
    private final HookRegistry registry = new HookRegistry(ALL);
    private final List<String> seen = new ArrayList<>();

    private Hook say(String word) {
        return Hook.observe((activation, point) -> seen.add(word + " " + point.layer()));
    }

    private ActiveHooks active() {
        return registry.activate(List.of(), ALL);
    }

    private List<String> fired() {
        seen.clear();
        active().fire(POINT, Tensor.of(new double[6], 2, 3));
        return List.copyOf(seen);
    }

    @Test
    void handlesRemoveWhatWasAddedInWhateverWay() {
        HookHandle named = registry.add("hook_z", say("named"));
        HookHandle first = registry.prepend(HookFilter.of(Z), say("first"));
        HookHandle fixed = registry.addPermanent(HookFilter.of(Z), say("fixed"));
        assertThat(fired()).containsExactly("first 0", "named 0", "fixed 0");
        assertThat(registry.size()).isEqualTo(3);

        named.close();
        assertThat(fired()).containsExactly("first 0", "fixed 0");
        first.close();
        fixed.close();
        assertThat(fired()).isEmpty();
        assertThat(registry.names()).isEqualTo(ALL);
    }

    @Test
    void scopesTakeNamesAndPutHooksFirst() {
        registry.add(Z, say("model"));
        try (HookScope scope = registry.scope()) {
            scope.add("z", say("pattern")).add(Z, say("name")).prepend(HookFilter.of(Z), say("first"));
            assertThat(fired()).containsExactly("first 0", "model 0", "pattern 0", "name 0");
            registry.clear();
            assertThat(fired()).isEmpty();
            scope.add(Z, say("again"));
            assertThat(fired()).containsExactly("again 0");
        }
        assertThat(registry.size()).isZero();
    }

    /** An inner scope that closes leaves the outer one its thread; both may be closed twice. */
    @Test
    void scopesNest() {
        HookScope outer = registry.scope();
        HookScope inner = registry.scope();
        inner.close();
        inner.close();
        outer.add(Z, say("outer"));
        assertThat(fired()).containsExactly("outer 0");
        outer.close();
        outer.close();
        assertThatThrownBy(() -> outer.add(Z, say("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");

        try (HookScope next = registry.scope()) {
            next.add(Z, say("next"));
            assertThat(fired()).containsExactly("next 0");
        }
    }

    /** What a run was planned for is what the next one finds: unless a hook was added, and also after a scope has gone. */
    @Test
    void hooksAreCurrentUntilTheyChange() {
        ActiveHooks before = active();
        assertThat(registry.isCurrent(before)).isTrue();
        try (HookScope scope = registry.scope()) {
            scope.add(Z, say("x"));
            assertThat(registry.isCurrent(before)).isFalse();
            registry.scope().close();
            assertThat(registry.isCurrent(before)).isFalse();
        }
        assertThat(registry.isCurrent(before)).isTrue();
        registry.add(Z, say("x"));
        assertThat(registry.isCurrent(before)).isFalse();
        assertThat(registry.isCurrent(active())).isTrue();
        assertThat(registry.isCurrent(ActiveHooks.of(List.of(), ALL))).isFalse();
    }

    /** A hook that no run would pass is a mistake, unless it is there for good. */
    @Test
    void aHookThatWouldNeverFireIsRefused() {
        HookHandle one = registry.add(OUT, say("x"));
        assertThatThrownBy(() -> registry.activate(List.of(), List.of(EMBED, Z)))
                .isInstanceOfSatisfying(EngineException.class, e -> {
                    assertThat(e.code()).isEqualTo(EngineCode.UNKNOWN_HOOK);
                    assertThat(e.message())
                            .isEqualTo("the hook at unembed.hook_out would never fire: the run does not pass there");
                });
        one.close();
        HookHandle several = registry.add("*", say("x"));
        assertThat(registry.activate(List.of(), List.of(Z)).listensTo(Z)).isTrue();
        assertThatThrownBy(() -> registry.activate(List.of(), List.of()))
                .hasMessageStartingWith("the hook at hook_embed and 2 other points would never fire");
        several.close();
        registry.addPermanent(HookFilter.of(OUT), say("x"));
        assertThat(registry.activate(List.of(), List.of(Z)).listensTo(Z)).isFalse();
    }

    @Test
    void hooksOfNoRegistryAreForTheirPoints() {
        ActiveHooks hooks = ActiveHooks.of(List.of(HookAssignment.of("hook_z", say("x"))), ALL);

        assertThat(hooks.points()).containsExactly(Z);
        assertThat(hooks.listensTo(Z)).isTrue();
        assertThat(hooks.listensTo(EMBED)).isFalse();
        hooks.fire(POINT, Tensor.of(new double[6], 2, 3));
        assertThat(seen).containsExactly("x 0");
        assertThat(HookFilter.of(Z).matches(Z)).isTrue();
        assertThat(HookFilter.of(Z).matches(OUT)).isFalse();
    }

    private static Tensor replaced(Tensor by) {
        ActiveHooks hooks = ActiveHooks.of(List.of(HookAssignment.of(Z, Hook.replaceWith(by))), ALL);
        return hooks.fire(POINT, Tensor.of(new double[6], 2, 3)).orElseThrow();
    }

    /** A replacement of the right sizes gets the point's axes, whatever its own are called. */
    @Test
    void replacementsTakeThePointsAxes() {
        Tensor plain = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertThat(replaced(plain).axes()).isEqualTo(POINT.axes());
        assertThat(replaced(plain).toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        Tensor named = plain.reshape(POINT.axes());
        assertThat(replaced(named)).isSameAs(named);
        for (Tensor wrong : List.of(
                Tensor.of(new double[6], 3, 2),
                Tensor.of(new double[6], 6),
                Tensor.of(new double[6], 2, 3, 1),
                Tensor.of(new double[4], 2, 2),
                Tensor.of(new double[2], 2),
                Tensor.of(new double[9], 3, 3))) {
            assertThatThrownBy(() -> replaced(wrong))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.code()).isEqualTo(EngineCode.WRONG_SHAPE))
                    .hasMessageContaining("[pos 2, d 3] belongs there");
        }
    }
}
