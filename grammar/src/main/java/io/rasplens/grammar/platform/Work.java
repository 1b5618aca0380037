package io.rasplens.grammar.platform;

import java.util.Optional;

/**
 * One piece of work with its limits, from when it was begun. Work that runs long asks {@link #check()} in its loops.
 *
 * <p>It also notices that hardly any memory is left and much of the time goes into finding it. Java itself gives up then with some of its
 * garbage collectors; with the others it would go on for minutes before it says that there is no memory.
 */
public final class Work {
    private static final long WINDOW_NANOS = 3_000_000_000L;

    /** Short work is over before it asks how much was collected: the first question loads fifty classes. */
    private static final long UNWATCHED_NANOS = 500_000_000L;

    private static final long UNKNOWN = -1;

    /** Share of the time that goes into collecting garbage. */
    private static final double MOST_TIME = 0.5;

    /** Share of the memory that has to be free for going on to make sense. */
    private static final double LEAST_FREE = 0.15;

    private final WorkLimits limits;
    private final long start = Host.nanoTime();
    private long windowStart = start;
    private long collectedBefore = UNKNOWN;

    public Work(WorkLimits limits) {
        this.limits = limits;
    }

    /** The work that this thread was begun for, if it was. */
    public static Optional<Work> current() {
        return Host.work();
    }

    /** Memory that what is built here has to fit into, in bytes. */
    public static long memory() {
        return current().map(work -> work.limits.memoryBytes()).orElseGet(Host::memory);
    }

    public WorkLimits limits() {
        return limits;
    }

    /**
     * Cheap enough for loops.
     *
     * @throws OutOfTime if the time is over
     * @throws OutOfMemoryError if going on makes no sense for want of memory
     */
    public void check() {
        long now = Host.nanoTime();
        if (limits.millis() != WorkLimits.NO_END && (now - start) / 1_000_000 >= limits.millis()) {
            throw new OutOfTime(limits);
        }
        if (now - windowStart < (collectedBefore == UNKNOWN ? UNWATCHED_NANOS : WINDOW_NANOS)) {
            return;
        }
        if (collectedBefore == UNKNOWN) {
            windowStart = now;
            collectedBefore = Host.collectionNanos();
            return;
        }
        long collected = Host.collectionNanos();
        boolean busy = collected - collectedBefore > MOST_TIME * (now - windowStart);
        windowStart = now;
        collectedBefore = collected;
        if (busy && (double) Host.freeMemory() / Host.memory() < LEAST_FREE) {
            throw new OutOfMemoryError("most of the time goes into collecting garbage");
        }
    }
}
