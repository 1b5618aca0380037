package io.rasplens.compiler.elaborate;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import io.rasplens.grammar.source.Span;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs work on a thread with a stack deep enough for the limits of {@link Budget}: about a kilobyte for each of its nestings,
 * with a wide margin.
 */
final class DeepStack {
    private static final long STACK_BYTES = 512L << 20;

    private DeepStack() {}

    static <T> Result<T> run(Supplier<Result<T>> work, Span span) {
        if (Thread.currentThread().getName().equals("elaborate")) {
            return work.get();
        }
        var result = new AtomicReference<@Nullable Result<T>>();
        var crash = new AtomicReference<@Nullable Throwable>();
        Thread thread = new Thread(null, () -> result.set(work.get()), "elaborate", STACK_BYTES);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((where, thrown) -> crash.set(thrown));
        thread.start();
        join(thread);
        Result<T> value = result.get();
        return value != null ? value : failure(Objects.requireNonNull(crash.get()), span);
    }

    /** Running out of memory or stack is the program's doing; anything else is a bug of ours and stays one. */
    private static <T> Result<T> failure(Throwable thrown, Span span) {
        if (thrown instanceof StackOverflowError) {
            return Result.failure(
                    Diagnostic.error(ElaborationCode.RECURSION_TOO_DEEP, "the program nests too deep", span));
        }
        if (thrown instanceof OutOfMemoryError) {
            return Result.failure(Diagnostic.error(
                    ElaborationCode.TOO_MUCH_DATA, "the program needs more memory than Java has", span));
        }
        throw new IllegalStateException("elaborate: " + thrown, thrown);
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
