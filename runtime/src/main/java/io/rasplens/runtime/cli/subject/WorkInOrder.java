package io.rasplens.runtime.cli.subject;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Work on a stream of things: read on one thread, done on as many as the machine has, taken by the caller in the order of the stream.
 * No more than a few hundred are under way, so that an endless stream takes no more memory than a short one, and each result is handed
 * over as soon as those before it are, however long the next thing is in coming.
 */
final class WorkInOrder<T, R> {
    private static final int MOST_UNDER_WAY = 512;

    /** Where the things come from: hands over each, and returns at the end of the stream. */
    @FunctionalInterface
    interface Things<T> {
        void each(Consumer<T> take);
    }

    private final BlockingQueue<Future<@Nullable R>> underWay = new ArrayBlockingQueue<>(MOST_UNDER_WAY);
    private final Function<T, R> work;
    private final Consumer<R> take;
    private final Runnable pause;

    /**
     * @param work is called by several threads at once
     * @param take is called by the caller's thread
     * @param pause is called by the caller's thread whenever the next result may be long in coming
     */
    WorkInOrder(Function<T, R> work, Consumer<R> take, Runnable pause) {
        this.work = work;
        this.take = take;
        this.pause = pause;
    }

    /** Does it all; what the stream, the work or the taking throws ends it, in the caller's thread. */
    void run(Things<T> things) {
        ExecutorService workers = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(), task -> daemon(task, "answers"));
        Thread reader = daemon(() -> read(things, workers), "inputs");
        reader.start();
        try {
            for (R result = next(); result != null; result = next()) {
                take.accept(result);
            }
        } finally {
            reader.interrupt();
            workers.shutdownNow();
        }
    }

    /** The next result, null at the end. */
    private @Nullable R next() {
        try {
            Future<@Nullable R> next = underWay.poll();
            if (next == null || !next.isDone()) {
                pause.run();
                next = next == null ? underWay.take() : next;
            }
            return next.get();
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while answers were awaited", e);
        }
    }

    private void read(Things<T> things, ExecutorService workers) {
        var end = new FutureTask<@Nullable R>(() -> {
            things.each(thing -> put(workers.submit(() -> work.apply(thing))));
            return null;
        });
        end.run();
        put(end);
    }

    private void put(Future<@Nullable R> future) {
        try {
            underWay.put(future);
        } catch (InterruptedException e) {
            // Nobody takes any more.
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException known ? known : new IllegalStateException(thrown);
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
