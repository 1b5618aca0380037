package io.rasplens.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rasplens.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** One model under the hands of several threads, as in a host application. */
class HookThreadsTest extends OnFourThreads {
    private Tensor elsewhere(Callable<Tensor> run) throws Exception {
        return threads.submit(run).get();
    }

    @Test
    void aScopesHooksArePassedByItsThreadsRunsOnly() throws Exception {
        try (HookScope scope = model.hooks().scope()) {
            scope.add(HookName.z(0), scale(2));

            assertThat(elsewhere(() -> model.forward(tokens))).isEqualTo(clean);
            assertThat(model.forward(tokens)).isNotEqualTo(clean);
            assertThat(threads.submit(() -> model.hooks().size()).get()).isZero();
        }
    }

    @Test
    void aHookOfTheModelIsPassedByTheRunsOfEveryThread() throws Exception {
        HookHandle handle = model.hooks().add(HookName.z(0), scale(2));
        try (handle) {
            Tensor hooked = model.forward(tokens);

            assertThat(hooked).isNotEqualTo(clean);
            assertThat(elsewhere(() -> model.forward(tokens))).isEqualTo(hooked);
        }
        assertThat(elsewhere(() -> model.forward(tokens))).isEqualTo(clean);
    }

    @Test
    void anotherThreadMayCloseAScopeButNotAddToIt() throws Exception {
        HookScope scope = model.hooks().scope();
        scope.add(HookName.z(0), scale(2));

        assertThatThrownBy(() -> elsewhere(() -> {
                    scope.add(HookName.z(0), scale(2));
                    return clean;
                }))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("belongs to the thread that opened it");
        assertThat(model.hooks().size()).isEqualTo(1);

        threads.submit(scope::close).get();
        assertThat(model.hooks().size()).isZero();
        assertThatThrownBy(() -> scope.add(HookName.z(0), scale(2))).hasMessageContaining("closed");
    }

    @Test
    void theModelsAndAScopesHooksRunInTheOrderOfAddition() {
        var seen = new ArrayList<String>();
        HookFilter z = HookFilter.of(HookName.z(0));
        try (HookScope scope = model.hooks().scope()) {
            scope.add(z, Hook.observe((x, point) -> seen.add("scope 1")));
            model.hooks().add(z, Hook.observe((x, point) -> seen.add("model")));
            scope.add(z, Hook.observe((x, point) -> seen.add("scope 2")));
            model.hooks().prepend(z, Hook.observe((x, point) -> seen.add("model, prepended")));
            scope.prepend(z, Hook.observe((x, point) -> seen.add("scope, prepended later")));
            model.forward(tokens);
            model.hooks().clear();
            assertThat(model.hooks().size()).isZero();
        }

        assertThat(seen).containsExactly("scope, prepended later", "model, prepended", "scope 1", "model", "scope 2");
    }
}
