package io.rasplens.runtime.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.transformer.RunOptions;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Thousands of runs of several threads on one model, each with hooks of its own. */
class HooksUnderLoadTest extends OnFourThreads {
    private static final int RUNS = 500;

    @Test
    void runsOfManyThreadsDoNotMeetEachOthersScopesAndNoHookIsLeftBehind() throws Exception {
        var expected = new ArrayList<Tensor>();
        for (int t = 0; t < 4; t++) {
            expected.add(model.forward(tokens, RunOptions.PLAIN.hook(HookName.z(0), scale(t))));
        }
        var wrong = new AtomicInteger();
        var start = new CountDownLatch(4);
        var done = new ArrayList<Future<?>>();
        for (int t = 0; t < 4; t++) {
            int own = t;
            done.add(threads.submit(() -> {
                start.countDown();
                start.await();
                for (int run = 0; run < RUNS; run++) {
                    count(wrong, model.forward(tokens), clean);
                    try (HookScope scope = model.hooks().scope()) {
                        scope.add("blocks.0.attn.hook_z", scale(own));
                        count(wrong, model.forward(tokens), expected.get(own));
                    }
                    HookHandle shared = model.hooks().add("hook_embed", Hook.observe((x, point) -> {}));
                    try (shared) {
                        count(wrong, model.forward(tokens), clean);
                    }
                }
                return own;
            }));
        }
        for (Future<?> thread : done) {
            thread.get();
        }

        assertThat(wrong).hasValue(0);
        assertThat(model.hooks().size()).isZero();
    }

    private static void count(AtomicInteger wrong, Tensor seen, Tensor expected) {
        if (!seen.equals(expected)) {
            wrong.incrementAndGet();
        }
    }
}
