package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.platform.PerThread;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.hook.HookEntries.HookEntry;
import io.rasplens.runtime.hook.HookEntries.Stay;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The hooks of one model. At a point they run in the order of addition, prepended ones first (the last prepended before the
 * others). A run works on the hooks that were there when it began.
 *
 * <p>May be used by several threads at once: a hook that is added here is passed by the runs of every thread, one of a
 * {@link #scope} by those of the thread that opened the scope. The hooks of a single run are given to the run itself.
 */
public final class HookRegistry {
    private final ImmutableList<HookName> existing;
    private final HookEntries shared = new HookEntries();
    private final AtomicLong added = new AtomicLong();

    /** Of a thread's open scopes; taken away again when the last one closes. */
    private final PerThread<HookEntries> scoped = new PerThread<>();

    /**
     * No hooks yet.
     *
     * @param existing all points of the model, in firing order
     */
    public HookRegistry(List<HookName> existing) {
        this.existing = ImmutableList.copyOf(existing);
    }

    /** All points of the model, in firing order. */
    public ImmutableList<HookName> names() {
        return existing;
    }

    /** Adds a hook after those already there. */
    public HookHandle add(HookFilter filter, Hook hook) {
        return shared.add(entry(false, filter, hook, Stay.NORMAL));
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
        return shared.add(entry(true, filter, hook, Stay.NORMAL));
    }

    /**
     * Adds a hook that {@link #clear} leaves in place; its handle still removes it. A run that passes none of its points, as
     * it ends before them, is no mistake with this one.
     */
    public HookHandle addPermanent(HookFilter filter, Hook hook) {
        return shared.add(entry(false, filter, hook, Stay.PERMANENT));
    }

    /** A scope of the calling thread: hooks added through it go when it is closed, and no other thread's run passes them. */
    public HookScope scope() {
        HookEntries own = scoped.get().orElseGet(HookEntries::new);
        scoped.set(own);
        own.openScope();
        return new HookScope(this, own);
    }

    /** Removes all hooks but the permanent ones, and those of other threads' scopes. */
    public void clear() {
        shared.clear();
        scoped.get().ifPresent(HookEntries::clear);
    }

    /** How many hooks a run of this thread would pass, permanent ones included. */
    public int size() {
        return entries().size();
    }

    /**
     * The hooks as they stand now for this thread, followed by those of one run.
     *
     * @param reached the points that the run passes, in firing order; a hook must be for one of them, but for permanent ones
     * @throws EngineException if a hook would never fire
     */
    public ActiveHooks activate(List<HookAssignment> own, List<HookName> reached) {
        ImmutableList<HookEntry> entries = entries();
        var hooks = new ActiveHooks.HookCollector();
        for (HookEntry entry : entries) {
            boolean fires = entry.points().stream().anyMatch(reached::contains);
            if (!fires && !entry.permanent()) {
                throw neverFires(entry);
            }
            hooks.add(entry.points(), entry.hook());
        }
        own.forEach(assignment -> hooks.add(assignment.filter().resolve(reached), assignment.hook()));
        return hooks.build(entries);
    }

    /** Whether hooks that were {@link #activate}d are still those that a run of this thread would pass. */
    public boolean isCurrent(ActiveHooks hooks) {
        return hooks.isFrom(entries());
    }

    private static EngineException neverFires(HookEntry entry) {
        HookName first = entry.points().iterator().next();
        String others =
                entry.points().size() == 1 ? "" : " and " + (entry.points().size() - 1) + " other points";
        return new EngineException(
                EngineCode.UNKNOWN_HOOK,
                "the hook at " + first + others + " would never fire: the run does not pass there",
                "let the run begin earlier or end later, or close the hook's handle or scope first");
    }

    /** Adds a hook that only the runs of the scope's thread pass, which must be the calling one. */
    HookHandle addScoped(HookEntries own, boolean first, HookFilter filter, Hook hook) {
        if (!isOf(own)) {
            throw new IllegalStateException(
                    "a hook scope belongs to the thread that opened it; give the hooks of another"
                            + " thread's run to that run, or open a scope there");
        }
        return own.add(entry(first, filter, hook, Stay.NORMAL));
    }

    /** Lets go of what a thread's scopes kept, when the last of them is closed. */
    void closed(HookEntries own) {
        if (own.closeScope() && isOf(own)) {
            scoped.clear();
        }
    }

    /** Whether these are the calling thread's. */
    private boolean isOf(HookEntries own) {
        return scoped.get().filter(mine -> mine == own).isPresent();
    }

    private ImmutableList<HookEntry> entries() {
        return scoped.get().map(own -> HookEntries.merge(shared, own)).orElseGet(shared::list);
    }

    private HookEntry entry(boolean first, HookFilter filter, Hook hook, Stay stay) {
        long order = added.incrementAndGet();
        return new HookEntry(first ? -order : order, filter.resolve(existing), hook, stay);
    }
}
