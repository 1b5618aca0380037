package io.rasplens.runtime.hook;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.runtime.EngineCode;
import io.rasplens.runtime.EngineException;
import io.rasplens.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/** The hooks of one run, by point, in the order in which they run. */
public final class ActiveHooks {
    private final ImmutableListMultimap<HookName, Hook> hooks;

    private ActiveHooks(ImmutableListMultimap<HookName, Hook> hooks) {
        this.hooks = hooks;
    }

    /** Collects hooks in order. */
    public static final class Builder {
        private final ImmutableListMultimap.Builder<HookName, Hook> hooks = ImmutableListMultimap.builder();

        public Builder add(ImmutableSet<HookName> points, Hook hook) {
            points.forEach(point -> hooks.put(point, hook));
            return this;
        }

        public ActiveHooks build() {
            return new ActiveHooks(hooks.build());
        }
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
        int[] wanted = point.axes().stream().mapToInt(axis -> axis.size()).toArray();
        if (!Arrays.equals(wanted, replacement.shape())) {
            throw new EngineException(
                    EngineCode.WRONG_SHAPE,
                    "the hook at " + point.name() + " returned " + Tensor.describe(replacement.axes()) + ", but "
                            + Tensor.describe(point.axes()) + " belongs there");
        }
        return replacement.reshape(point.axes());
    }
}
