package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The hooks of one model. At a point they run in the order of addition, prepended ones first (the last prepended before the
 * others). A run works on the hooks that were there when it began. Not for several threads at once.
 */
public final class HookRegistry {
    private final ImmutableList<HookName> existing;
    private final List<Entry> entries = new ArrayList<>();

    /** Where in the order, and for how long, a hook stands. */
    private enum Stay {
        NORMAL,
        PERMANENT
    }

    /** Compared by identity: the same hook may be added twice. */
    private static final class Entry {
        final ImmutableSet<HookName> points;
        final Hook hook;
        final Stay stay;

        Entry(ImmutableSet<HookName> points, Hook hook, Stay stay) {
            this.points = points;
            this.hook = hook;
            this.stay = stay;
        }
    }

    /**
     * No hooks yet.
     *
     * @param existing all points of the model, in firing order
     */
    public HookRegistry(ImmutableList<HookName> existing) {
        this.existing = existing;
    }

    /** All points of the model, in firing order. */
    public ImmutableList<HookName> names() {
        return existing;
    }

    /** Adds a hook after those already there. */
    public HookHandle add(HookFilter filter, Hook hook) {
        return insert(entries.size(), filter, hook, Stay.NORMAL);
    }

    public HookHandle add(HookName name, Hook hook) {
        return add(HookFilter.of(name), hook);
    }

    /** The same for a name or pattern, as for {@link HookFilter#parse}. */
    public HookHandle add(String pattern, Hook hook) {
        return add(HookFilter.parse(pattern), hook);
    }

    /** Adds a hook before those already there. */
    public HookHandle prepend(HookFilter filter, Hook hook) {
        return insert(0, filter, hook, Stay.NORMAL);
    }

    /** Adds a hook that {@link #clear} leaves in place; its handle still removes it. */
    public HookHandle addPermanent(HookFilter filter, Hook hook) {
        return insert(entries.size(), filter, hook, Stay.PERMANENT);
    }

    /** A scope: hooks added through it go when it is closed. */
    public HookScope scope() {
        return new HookScope(this);
    }

    /** Removes all hooks but the permanent ones. */
    public void clear() {
        entries.removeIf(entry -> entry.stay != Stay.PERMANENT);
    }

    /** How many hooks there are, permanent ones included. */
    public int size() {
        return entries.size();
    }

    /**
     * The hooks as they stand now, followed by those of one run.
     *
     * @param reached the points that the run passes, in firing order; a hook of the run alone must be for one of them
     */
    public ActiveHooks activate(List<HookAssignment> own, List<HookName> reached) {
        var hooks = new ActiveHooks.Builder();
        entries.forEach(entry -> hooks.add(entry.points, entry.hook));
        own.forEach(assignment -> hooks.add(assignment.filter().resolve(reached), assignment.hook()));
        return hooks.build();
    }

    private HookHandle insert(int index, HookFilter filter, Hook hook, Stay stay) {
        var entry = new Entry(filter.resolve(existing), hook, stay);
        entries.add(index, entry);
        return () -> entries.removeIf(other -> other == entry);
    }
}
