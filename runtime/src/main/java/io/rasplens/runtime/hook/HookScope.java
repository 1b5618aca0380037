package io.rasplens.runtime.hook;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Hooks that live as long as a {@code try} block. Scopes nest; each removes only its own hooks, however the block is left.
 *
 * <p>A scope belongs to the thread that opened it: only that thread's runs pass its hooks, and only that thread may add to it
 * ({@link IllegalStateException} for another, and after the scope is closed). To hook the runs of several threads, give the
 * hooks to the runs, or add them to the {@link HookRegistry}.
 */
public final class HookScope implements AutoCloseable {
    private final HookRegistry registry;
    private final HookEntries own;
    private final Deque<HookHandle> handles = new ArrayDeque<>();
    private boolean closed;

    HookScope(HookRegistry registry, HookEntries own) {
        this.registry = registry;
        this.own = own;
    }

    public HookScope add(HookFilter filter, Hook hook) {
        return insert(false, filter, hook);
    }

    public HookScope add(HookName name, Hook hook) {
        return add(HookFilter.of(name), hook);
    }

    /** The same for a name or pattern, as for {@link HookFilter#parse}. */
    public HookScope add(String pattern, Hook hook) {
        return add(HookFilter.parse(pattern), hook);
    }

    public HookScope prepend(HookFilter filter, Hook hook) {
        return insert(true, filter, hook);
    }

    @Override
    public void close() {
        while (!handles.isEmpty()) {
            handles.pop().close();
        }
        if (!closed) {
            closed = true;
            registry.closed(own);
        }
    }

    private HookScope insert(boolean first, HookFilter filter, Hook hook) {
        if (closed) {
            throw new IllegalStateException("the hook scope is closed: open a new one");
        }
        handles.push(registry.addScoped(own, first, filter, hook));
        return this;
    }
}
