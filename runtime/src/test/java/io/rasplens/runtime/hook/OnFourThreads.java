package io.rasplens.runtime.hook;

import io.rasplens.compiler.model.TransformerConfig.AttentionDirection;
import io.rasplens.runtime.tensor.Tensor;
import io.rasplens.runtime.tensor.TokenBatch;
import io.rasplens.runtime.transformer.HookedTransformer;
import io.rasplens.runtime.transformer.RandomModels;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

/** A model, what it gives without hooks, and four threads to run it on. */
abstract class OnFourThreads {
    final HookedTransformer model = HookedTransformer.load(RandomModels.plain(4, AttentionDirection.BIDIRECTIONAL));
    final TokenBatch tokens = model.encode(List.of("a", "b", "c"));
    final Tensor clean = model.forward(tokens);
    final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    static Hook scale(double factor) {
        return Hook.replace((activation, point) -> activation.times(factor));
    }
}
