package io.rasplens.runtime.transformer;

import com.google.common.collect.ImmutableList;
import io.rasplens.runtime.hook.Hook;
import io.rasplens.runtime.hook.HookAssignment;
import io.rasplens.runtime.hook.HookFilter;
import io.rasplens.runtime.hook.HookName;
import java.util.List;
import java.util.OptionalInt;

/**
 * How one run differs from the plain one.
 *
 * @param hooks hooks for this run alone; they run after those of the model, in this order
 * @param names what to cache, where a cache is made
 * @param stopLayer the run ends before this block, with the residual stream there; negative counts from the end; empty: at
 *     the logits
 */
public record RunOptions(List<HookAssignment> hooks, HookFilter names, OptionalInt stopLayer) {
    public RunOptions {
        hooks = ImmutableList.copyOf(hooks);
    }

    public static final RunOptions PLAIN =
            new RunOptions(ImmutableList.of(), HookFilter.standard(), OptionalInt.empty());

    /** With one more hook. */
    public RunOptions hook(HookAssignment hook) {
        return new RunOptions(
                ImmutableList.<HookAssignment>builder().addAll(hooks).add(hook).build(), names, stopLayer);
    }

    public RunOptions hook(HookName name, Hook hook) {
        return hook(HookAssignment.of(name, hook));
    }

    /** With one more hook, at all points that a filter means. */
    public RunOptions hook(HookFilter filter, Hook hook) {
        return hook(new HookAssignment(filter, hook));
    }

    /** With one more hook, at a name or pattern as for {@link HookFilter#parse}. */
    public RunOptions hook(String pattern, Hook hook) {
        return hook(HookAssignment.of(pattern, hook));
    }

    public RunOptions hooks(List<HookAssignment> more) {
        return new RunOptions(
                ImmutableList.<HookAssignment>builder()
                        .addAll(hooks)
                        .addAll(more)
                        .build(),
                names,
                stopLayer);
    }

    /** Caches only these activations. */
    public RunOptions names(HookFilter filter) {
        return new RunOptions(hooks, filter, stopLayer);
    }

    /** Caches only these activations; a name or pattern as for {@link HookFilter#parse}. */
    public RunOptions names(String... patterns) {
        return names(HookFilter.anyOf(
                ImmutableList.copyOf(patterns).stream().map(HookFilter::parse).toList()));
    }

    /** Whether options that are equal always mean the same points. */
    boolean isWritten() {
        return names.isWritten()
                && hooks.stream().allMatch(hook -> hook.filter().isWritten());
    }

    /** Ends before this block. */
    public RunOptions stopAt(int layer) {
        return new RunOptions(hooks, names, OptionalInt.of(layer));
    }
}
