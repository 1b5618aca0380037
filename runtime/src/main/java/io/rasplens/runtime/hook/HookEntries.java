package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Hooks in their order. Each change makes a new list, so that a run goes on with the one it began with. */
final class HookEntries {
    private final AtomicReference<ImmutableList<HookEntry>> entries = new AtomicReference<>(ImmutableList.of());
    private final AtomicInteger scopes = new AtomicInteger();

    /** How long a hook stands. */
    enum Stay {
        NORMAL,
        PERMANENT
    }

    /** One hook. Compared by identity: the same hook may be added twice. */
    static final class HookEntry {
        private final long order;
        private final ImmutableSet<HookName> points;
        private final Hook hook;
        private final Stay stay;

        HookEntry(long order, ImmutableSet<HookName> points, Hook hook, Stay stay) {
            this.order = order;
            this.points = points;
            this.hook = hook;
            this.stay = stay;
        }

        ImmutableSet<HookName> points() {
            return points;
        }

        Hook hook() {
            return hook;
        }

        boolean permanent() {
            return stay == Stay.PERMANENT;
        }
    }

    ImmutableList<HookEntry> list() {
        return Objects.requireNonNull(entries.get());
    }

    void openScope() {
        scopes.incrementAndGet();
    }

    /** Counts one scope less, and tells whether it was the last. */
    boolean closeScope() {
        return scopes.decrementAndGet() == 0;
    }

    /** Adds a hook; closing the handle removes it. */
    HookHandle add(HookEntry entry) {
        entries.updateAndGet(list -> sorted(Stream.concat(list.stream(), Stream.of(entry))));
        return () -> entries.updateAndGet(list -> without(list, entry));
    }

    /** Removes all but the permanent ones. */
    void clear() {
        entries.updateAndGet(
                list -> list.stream().filter(HookEntry::permanent).collect(ImmutableList.toImmutableList()));
    }

    /** The hooks of both in one order. */
    static ImmutableList<HookEntry> merge(HookEntries a, HookEntries b) {
        return sorted(Stream.concat(a.list().stream(), b.list().stream()));
    }

    private static ImmutableList<HookEntry> sorted(Stream<HookEntry> entries) {
        return entries.sorted(Comparator.comparingLong(entry -> entry.order)).collect(ImmutableList.toImmutableList());
    }

    private static ImmutableList<HookEntry> without(ImmutableList<HookEntry> list, HookEntry entry) {
        return list.contains(entry)
                ? list.stream().filter(other -> other != entry).collect(ImmutableList.toImmutableList())
                : list;
    }
}
