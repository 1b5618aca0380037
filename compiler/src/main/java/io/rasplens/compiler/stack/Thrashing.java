package io.rasplens.compiler.stack;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * Notices that hardly any memory is left and much of the time goes into finding it. Java itself gives up then with some of its garbage
 * collectors; with the others it would go on for minutes before it says that there is no memory.
 */
final class Thrashing {
    private static final long WINDOW_NANOS = 3_000_000_000L;

    /** Share of the time that goes into collecting garbage. */
    private static final double MOST_TIME = 0.5;

    /** Share of the memory that has to be free for going on to make sense. */
    private static final double LEAST_FREE = 0.15;

    private static long windowStart = System.nanoTime();
    private static long collectedBefore;

    private Thrashing() {}

    /** Cheap enough for loops. */
    static synchronized void check() {
        long now = System.nanoTime();
        if (now - windowStart < WINDOW_NANOS) {
            return;
        }
        long collected = collectionNanos();
        boolean busy = collected - collectedBefore > MOST_TIME * (now - windowStart);
        windowStart = now;
        collectedBefore = collected;
        if (busy && freeShare() < LEAST_FREE) {
            throw new OutOfMemoryError("most of the time goes into collecting garbage");
        }
    }

    private static long collectionNanos() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> !bean.getName().contains("Concurrent"))
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .map(millis -> millis * 1_000_000)
                .sum();
    }

    private static double freeShare() {
        Runtime runtime = Runtime.getRuntime();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        return (double) free / runtime.maxMemory();
    }
}
