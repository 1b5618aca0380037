package io.rasplens.compiler.stack;

import io.rasplens.grammar.platform.Host;
import io.rasplens.grammar.platform.OutOfTime;
import io.rasplens.grammar.platform.Work;

/**
 * Whoever waits for the work has interrupted it. Thrown on the interrupted thread by loops that may run long, at a place where
 * nothing is half done; whoever interrupts catches it.
 */
public final class Interrupted extends RuntimeException {
    Interrupted() {
        super("interrupted", null, false, false);
    }

    /**
     * Ends the work if this thread was interrupted, which it then is no more; with {@link OutOfTime} if its time is over; or with an
     * {@link OutOfMemoryError} if it gets nowhere for want of memory.
     */
    public static void check() {
        if (Host.takeInterrupt()) {
            throw new Interrupted();
        }
        Work.current().ifPresent(Work::check);
    }
}
