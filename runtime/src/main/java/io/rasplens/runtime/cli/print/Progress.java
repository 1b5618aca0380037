package io.rasplens.runtime.cli.print;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * A line that shows a person that work goes on: what is done, how far it is and for how long. It appears on the terminal's error
 * stream once the work takes longer than a second, and is gone when the work is. Where nobody sees it, nothing is written.
 */
public final class Progress implements AutoCloseable {
    private static final long SILENT_MILLIS = 1000;
    private static final long STEP_MILLIS = 250;
    private static final String CLEAR = "\r\u001B[K";

    private final PrintStream err;
    private final LongFunction<String> text;
    private final AtomicLong done = new AtomicLong();
    private final long start = System.nanoTime();
    private final Thread ticker;
    private boolean shown;

    private Progress(PrintStream err, boolean visible, LongFunction<String> text) {
        this.err = err;
        this.text = text;
        this.ticker = new Thread(this::tick, "progress");
        ticker.setDaemon(true);
        if (visible) {
            ticker.start();
        }
    }

    /** Does work that has no steps to count. */
    public static <T> T during(Console console, String what, Supplier<T> work) {
        Progress progress = counting(console, done -> what);
        try {
            return work.get();
        } finally {
            progress.close();
        }
    }

    /**
     * Counts steps of work whose end is not known.
     *
     * @param text what is done, by how many steps are done
     */
    public static Progress counting(Console console, LongFunction<String> text) {
        return new Progress(console.err(), console.watched().progress(), text);
    }

    /** The same where the work's own answers appear meanwhile: if these are seen, they are progress enough. */
    public static Progress countingAnswers(Console console, LongFunction<String> text) {
        Watched watched = console.watched();
        return new Progress(console.err(), watched.progress() && !watched.answers(), text);
    }

    /** So many steps are done. */
    public void at(long steps) {
        done.set(steps);
    }

    @Override
    public void close() {
        ticker.interrupt();
        synchronized (this) {
            if (shown) {
                err.print(CLEAR);
                err.flush();
            }
            shown = false;
        }
    }

    private void tick() {
        try {
            Thread.sleep(SILENT_MILLIS);
            while (!Thread.interrupted()) {
                show();
                Thread.sleep(STEP_MILLIS);
            }
        } catch (InterruptedException e) {
            // The work is done.
            return;
        }
    }

    private synchronized void show() {
        if (!ticker.isInterrupted()) {
            long seconds = (System.nanoTime() - start) / 1_000_000_000;
            err.print(CLEAR + text.apply(done.get()) + " … " + seconds + " s");
            err.flush();
            shown = true;
        }
    }
}
