package io.rasplens.runtime.hook;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Hooks that live as long as a {@code try} block. Scopes nest; each removes only its own hooks, however the block is left.
 */
public final class HookScope implements AutoCloseable {
    private final HookRegistry registry;
    private final Deque<HookHandle> handles = new ArrayDeque<>();

    HookScope(HookRegistry registry) {
        this.registry = registry;
    }

    public HookScope add(HookFilter filter, Hook hook) {
        handles.push(registry.add(filter, hook));
        return this;
    }

    public HookScope add(HookName name, Hook hook) {
        return add(HookFilter.of(name), hook);
    }

    /** The same for a name or pattern, as for {@link HookFilter#parse}. */
    public HookScope add(String pattern, Hook hook) {
        return add(HookFilter.parse(pattern), hook);
    }

    public HookScope prepend(HookFilter filter, Hook hook) {
        handles.push(registry.prepend(filter, hook));
        return this;
    }

    @Override
    public void close() {
        while (!handles.isEmpty()) {
            handles.pop().close();
        }
    }
}
