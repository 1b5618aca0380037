package io.rasplens.runtime.tensor;

import io.rasplens.grammar.platform.Host;
import io.rasplens.grammar.platform.Work;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;

/** Refuses what would not fit, before it is allocated. */
public final class MemoryBudget {
    /** Of the memory that could still be had, the part that one request may take; copies and garbage need the rest. */
    private static final double SHARE = 0.6;

    private MemoryBudget() {}

    /**
     * Checks one request.
     *
     * @param what what is asked for, as the subject of a sentence
     * @param total float64 numbers that it takes
     * @param largest numbers of the largest single array in it
     */
    public static void require(String what, long total, long largest) {
        long free = Math.min(Host.freeMemory(), Work.memory());
        if (largest > Integer.MAX_VALUE - 8 || total > free * SHARE / Double.BYTES) {
            throw new EngineException(
                    EngineCode.ACTIVATIONS_TOO_LARGE,
                    what + " would take " + megabytes(total) + " MB, and " + free / 1_000_000 + " MB are free",
                    "ask for fewer activations, for a shorter input or a smaller batch, or give more memory: "
                            + Host.moreMemory());
        }
    }

    private static long megabytes(long numbers) {
        return Math.max(1, numbers / (1_000_000 / Double.BYTES));
    }
}
