package io.rasplens.runtime.web.browser;

import io.rasplens.grammar.platform.Work;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;

/**
 * The machine that runs us: a page, with one thread, whose stack is what the browser gives. Stands in for {@code grammar.platform.Host},
 * whose methods it has.
 */
public final class BrowserHost {
    /** Browsers tell nobody how much there is; a tab can have this everywhere. */
    private static final long MEMORY = 1L << 30;

    private static @Nullable Work current;

    private BrowserHost() {}

    public static long memory() {
        return MEMORY;
    }

    public static long freeMemory() {
        return MEMORY;
    }

    public static String moreMemory() {
        return "the command line has more room than a page";
    }

    static long collectionNanos() {
        return 0;
    }

    static long nanoTime() {
        return (long) (now() * 1_000_000);
    }

    /** Nobody interrupts a page: whoever has enough ends the worker. */
    public static boolean takeInterrupt() {
        return false;
    }

    static Optional<Work> work() {
        return Optional.ofNullable(current);
    }

    public static @Nullable Throwable runDeep(Work work, Runnable task) {
        Work before = current;
        current = work;
        try {
            task.run();
            return null;
        } catch (Throwable e) {
            return isStackOverflow(e) ? new StackOverflowError() : e;
        } finally {
            current = before;
        }
    }

    /** JavaScript has a RangeError for it, which Java code sees under other names. */
    private static boolean isStackOverflow(Throwable e) {
        String text = String.valueOf(e.getMessage());
        return e instanceof StackOverflowError || text.contains("call stack") || text.contains("too much recursion");
    }

    @JSBody(script = "return performance.now();")
    private static native double now();
}
