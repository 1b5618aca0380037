package io.rasplens.runtime;

import io.rasplens.compiler.stack.DeepStack;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.platform.WorkLimits;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs things in a memory that is just enough for so many numbers. */
public final class LimitedMemory {
    /** The part that one request may take. */
    private static final double SHARE = 0.6;

    private LimitedMemory() {}

    /** What is refused in it, if it is; an exception of another kind is thrown on. */
    public static @Nullable EngineException refused(long numbers, Supplier<?> request) {
        var refused = new AtomicReference<@Nullable EngineException>();
        long bytes = (long) Math.ceil(numbers * Double.BYTES / SHARE);
        DeepStack.<Boolean>run(
                WorkLimits.ofHost().memory(bytes),
                () -> {
                    try {
                        request.get();
                    } catch (EngineException e) {
                        refused.set(e);
                    }
                    return Result.success(true);
                },
                error -> {
                    throw error;
                },
                () -> {
                    throw new IllegalStateException("out of time");
                });
        return refused.get();
    }
}
