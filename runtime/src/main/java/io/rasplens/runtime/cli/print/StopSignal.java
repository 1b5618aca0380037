package io.rasplens.runtime.cli.print;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets long work end in order when somebody presses Ctrl-C: what was found by then is told, and the process ends as it would
 * have. Work that does not look at {@link #isGiven} is cut off as ever.
 */
public final class StopSignal implements AutoCloseable {
    private static final long SECONDS_TO_TELL = 20;

    private final CountDownLatch told = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop");
    private volatile boolean given;

    private StopSignal() {}

    /** Listens until it is closed. */
    public static StopSignal open() {
        var signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Whether the process is asked to end. */
    public boolean isGiven() {
        return given;
    }

    /** All is told. */
    @Override
    public void close() {
        told.countDown();
        if (!given) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The end has begun in this very moment; there is nothing to hold it up.
            }
        }
    }

    private void stop() {
        given = true;
        try {
            // The process is gone when its hooks are: until then there is time for a few lines.
            boolean inTime = told.await(SECONDS_TO_TELL, TimeUnit.SECONDS);
            if (!inTime) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
