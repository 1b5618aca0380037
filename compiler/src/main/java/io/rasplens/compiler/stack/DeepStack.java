package io.rasplens.compiler.stack;

import io.rasplens.grammar.diagnostic.Diagnostic;
import io.rasplens.grammar.diagnostic.Result;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs work on a thread with a stack of half a gigabyte, of which only what is used takes memory. */
public final class DeepStack {
    private static final String THREAD = "rasp-deep";

    private static final long STACK_BYTES = 512L << 20;

    private DeepStack() {}

    /**
     * What the work gives. Running out of stack or memory is the program's doing; any other exception is a bug of ours and stays
     * one. Interrupting the caller interrupts the work.
     *
     * @param outOfRoom the diagnostic for a {@link StackOverflowError} or an {@link OutOfMemoryError}; it may throw the error on
     * @throws Interrupted if the work heeded that it was interrupted
     */
    public static <T> Result<T> run(Supplier<Result<T>> work, Function<VirtualMachineError, Diagnostic> outOfRoom) {
        if (Thread.currentThread().getName().equals(THREAD)) {
            return work.get();
        }
        var result = new AtomicReference<@Nullable Result<T>>();
        var crash = new AtomicReference<@Nullable Throwable>();
        Thread thread = new Thread(null, () -> result.set(work.get()), THREAD, STACK_BYTES);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((where, thrown) -> crash.set(thrown));
        thread.start();
        boolean interrupted = join(thread);
        Result<T> value = result.get();
        if (value != null) {
            if (interrupted) {
                // The work was done before it looked; what the caller does next may look.
                Thread.currentThread().interrupt();
            }
            return value;
        }
        Throwable thrown = crash.get();
        if (thrown instanceof StackOverflowError || thrown instanceof OutOfMemoryError) {
            return Result.failure(outOfRoom.apply((VirtualMachineError) thrown));
        }
        if (thrown instanceof Interrupted) {
            throw new Interrupted();
        }
        throw new IllegalStateException("in " + THREAD + ": " + thrown, thrown);
    }

    /** Waits for the end, and passes interrupts on; whether there was one. */
    private static boolean join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        return interrupted;
    }
}
