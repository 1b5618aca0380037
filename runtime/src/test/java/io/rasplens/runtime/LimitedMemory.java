package io.rasplens.runtime;

import io.rasplens.compiler.stack.DeepStack;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.platform.WorkLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs things in a memory that is just enough for so many numbers. */
public final class LimitedMemory {
    /** The part that one request may take. */
    private static final double SHARE = 0.6;

    private LimitedMemory() {}

    /** What is refused in it, if it is; an exception of another kind is thrown on. */
    public static Optional<EngineException> refused(long numbers, Runnable request) {
        List<EngineException> refused = new ArrayList<>();
        long bytes = (long) Math.ceil(numbers * Double.BYTES / SHARE);
        DeepStack.<Boolean>run(
                WorkLimits.ofHost().memory(bytes),
                () -> {
                    try {
                        request.run();
                    } catch (EngineException e) {
                        refused.add(e);
                    }
                    return Result.success(true);
                },
                error -> {
                    throw error;
                },
                () -> {
                    throw new IllegalStateException("out of time");
                });
        return refused.stream().findFirst();
    }
}
