package io.rasplens.grammar.platform;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The machine that runs us: a Java virtual machine. A page in a browser has another class in place of this one. */
public final class Host {
    /** Half a gigabyte, of which only what is used takes memory. */
    private static final long STACK_BYTES = 512L << 20;

    private Host() {}

    /** The most memory that we may ever have, in bytes. */
    public static long memory() {
        return Runtime.getRuntime().maxMemory();
    }

    /** The memory that could still be had, in bytes. */
    public static long freeMemory() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    /** How a user gives us more memory, as the end of a sentence that offers it. */
    public static String moreMemory() {
        return "java -Xmx8g gives Java 8 GB";
    }

    /** Time spent on collecting garbage so far. */
    static long collectionNanos() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> !bean.getName().contains("Concurrent"))
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .map(millis -> millis * 1_000_000)
                .sum();
    }

    static long nanoTime() {
        return System.nanoTime();
    }

    /** Whether somebody has asked this thread to stop, who then is taken to have been heard. */
    public static boolean takeInterrupt() {
        return Thread.interrupted();
    }

    static Optional<Work> work() {
        return Thread.currentThread() instanceof DeepThread thread ? Optional.of(thread.work) : Optional.empty();
    }

    /**
     * Runs a task to its end where it may recurse deeply. Interrupts of the caller are passed on to it; one that it did not heed is the
     * caller's again.
     *
     * @param work what {@link Work#current()} is in the task
     * @return what the task threw, or null
     */
    public static @Nullable Throwable runDeep(Work work, Runnable task) {
        var thread = new DeepThread(work, task);
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        Throwable thrown = thread.thrown.get();
        if (interrupted && thrown == null) {
            // The work was done before it looked; what the caller does next may look.
            Thread.currentThread().interrupt();
        }
        return thrown;
    }

    private static final class DeepThread extends Thread {
        private final Work work;
        private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();

        DeepThread(Work work, Runnable task) {
            super(null, task, "rasp-deep", STACK_BYTES);
            this.work = work;
            setDaemon(true);
            setUncaughtExceptionHandler((where, what) -> thrown.set(what));
        }
    }
}
