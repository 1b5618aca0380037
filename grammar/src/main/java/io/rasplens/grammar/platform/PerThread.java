package io.rasplens.grammar.platform;

import java.util.Optional;

/** Something that each thread has of its own. In a browser, which has one thread, it is a variable. */
public final class PerThread<T> {
    @SuppressWarnings("ThreadLocalUsage") // One for each object that keeps something for its threads.
    private final ThreadLocal<Optional<T>> own = ThreadLocal.withInitial(Optional::empty);

    /** What the calling thread has, if it has been given something. */
    public Optional<T> get() {
        return own.get();
    }

    public void set(T value) {
        own.set(Optional.of(value));
    }

    /** Takes it away from the calling thread. */
    public void clear() {
        own.remove();
    }
}
