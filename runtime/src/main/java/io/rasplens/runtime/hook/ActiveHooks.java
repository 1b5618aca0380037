package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.tensor.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The hooks of one run, by point, in the order in which they run. */
public final class ActiveHooks {
    private final ImmutableListMultimap<HookName, Hook> hooks;
    private final Object source;

    private ActiveHooks(ImmutableListMultimap<HookName, Hook> hooks, Object source) {
        this.hooks = hooks;
        this.source = source;
    }

    /** Collects hooks in order. */
    static final class HookCollector {
        private final ImmutableListMultimap.Builder<HookName, Hook> hooks = ImmutableListMultimap.builder();

        void add(Collection<HookName> points, Hook hook) {
            points.forEach(point -> hooks.put(point, hook));
        }

        /**
         * @param source the state of the registry that they were taken from
         */
        ActiveHooks build(Object source) {
            return new ActiveHooks(hooks.build(), source);
        }
    }

    /**
     * Hooks that belong to no registry.
     *
     * @param existing the points that they may be for, in firing order
     * @throws EngineException for a hook at none of them
     */
    public static ActiveHooks of(List<HookAssignment> assignments, List<HookName> existing) {
        var hooks = new HookCollector();
        assignments.forEach(assignment -> hooks.add(assignment.filter().resolve(existing), assignment.hook()));
        return hooks.build(assignments);
    }

    @SuppressWarnings("ReferenceEquality") // Each change of a registry makes a new list.
    boolean isFrom(Object state) {
        return source == state;
    }

    /** Whether anybody wants to see this activation; it is made only then. */
    public boolean listensTo(HookName name) {
        return hooks.containsKey(name);
    }

    /** The points that somebody listens to. */
    public ImmutableSet<HookName> points() {
        return hooks.keySet();
    }

    /**
     * Runs the point's hooks one after another, each on what the one before left.
     *
     * @return the activation to go on with, if a hook replaced it
     * @throws EngineException if a replacement has another shape
     */
    public Optional<Tensor> fire(HookPoint point, Tensor activation) {
        Optional<Tensor> replaced = Optional.empty();
        for (Hook hook : hooks.get(point.name())) {
            Optional<Tensor> replacement = hook.at(replaced.orElse(activation), point);
            if (replacement.isPresent()) {
                replaced = Optional.of(checked(point, replacement.get()));
            }
        }
        return replaced;
    }

    private static Tensor checked(HookPoint point, Tensor replacement) {
        if (point.axes().equals(replacement.axes())) {
            return replacement;
        }
        boolean same = replacement.rank() == point.axes().size();
        for (int axis = 0; same && axis < replacement.rank(); axis++) {
            same = replacement.size(axis) == point.axes().get(axis).size();
        }
        if (!same) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    "the hook at " + point.name() + " returned " + Tensor.describe(replacement.axes()) + ", but "
                            + Tensor.describe(point.axes()) + " belongs there",
                    "return a tensor of the activation's own shape, or nothing to leave the activation as it is");
        }
        return replacement.reshape(point.axes());
    }
}
