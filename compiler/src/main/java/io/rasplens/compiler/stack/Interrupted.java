package io.rasplens.compiler.stack;

/**
 * Whoever waits for the work has interrupted it. Thrown on the interrupted thread by loops that may run long, at a place where
 * nothing is half done; whoever interrupts catches it.
 */
public final class Interrupted extends RuntimeException {
    Interrupted() {
        super("interrupted", null, false, false);
    }

    /**
     * Ends the work if this thread was interrupted, which it then is no more; or with an {@link OutOfMemoryError} if it gets nowhere for
     * want of memory.
     */
    public static void check() {
        if (Thread.interrupted()) {
            throw new Interrupted();
        }
        Thrashing.check();
    }
}
