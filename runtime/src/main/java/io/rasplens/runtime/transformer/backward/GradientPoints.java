package io.rasplens.runtime.transformer.backward;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.runtime.cache.ActivationCache;
import io.rasplens.runtime.hook.ActiveHooks;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.hook.HookPoint;
import io.rasplens.runtime.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The hook points on the way back: gradients are shown to the backward hooks, and those that somebody named are kept. */
public final class GradientPoints {
    private final ActivationCache forward;
    private final ImmutableSet<HookName> replaced;
    private final ActiveHooks hooks;
    private final ImmutableSet<HookName> kept;
    private final Map<HookName, Tensor> gradients = new HashMap<>();

    /**
     * @param forward every activation that the way back needs
     * @param replaced the points at which a forward hook put something in place
     */
    public GradientPoints(
            ActivationCache forward, ImmutableSet<HookName> replaced, ActiveHooks hooks, ImmutableSet<HookName> kept) {
        this.forward = forward;
        this.replaced = replaced;
        this.hooks = hooks;
        this.kept = kept;
    }

    int batch() {
        return forward.tokens().size();
    }

    int positions() {
        return forward.tokens().positions();
    }

    /** Rows {@code [batch, pos]}. */
    int rows() {
        return batch() * positions();
    }

    /** A copy of an activation of the run. */
    double[] activation(HookName name) {
        return forward.get(name).toArray();
    }

    /** Whether anybody wants the gradient there, so that it must be made even if the way back does not need it. */
    boolean watched(HookName name) {
        return kept.contains(name) || hooks.listensTo(name) || replaced.contains(name);
    }

    boolean replaced(HookName name) {
        return replaced.contains(name);
    }

    /**
     * Passes a point on the way back.
     *
     * @param gradient by what stands there, taken over; the hooks see it, so it must not be written before they are done
     * @return by what came there: what a backward hook made of it, and zeros where a forward hook put something else in place,
     *     on which nothing before it has any influence
     */
    double[] pass(HookName name, double[] gradient) {
        return watched(name) ? show(name, gradient).orElse(gradient) : gradient;
    }

    /**
     * Shows a gradient.
     *
     * @param gradient taken over
     * @return what flows on in its place, if a hook of either direction put something in place
     */
    Optional<double[]> show(HookName name, double[] gradient) {
        var axes = name.kind().axes(forward.config(), batch(), positions());
        Tensor shown = Tensor.adopt(gradient, axes);
        Optional<Tensor> edited = hooks.fire(new HookPoint(name, axes), shown);
        if (kept.contains(name)) {
            gradients.put(name, edited.orElse(Tensor.of(gradient, axes)));
        }
        return replaced.contains(name) ? Optional.of(new double[gradient.length]) : edited.map(Tensor::toArray);
    }

    /** What was kept, in the order of the forward pass. */
    public ImmutableMap<HookName, Tensor> gradients() {
        var ordered = ImmutableMap.<HookName, Tensor>builder();
        for (HookName name : kept) {
            Tensor gradient = gradients.get(name);
            if (gradient != null) {
                ordered.put(name, gradient);
            }
        }
        return ordered.buildOrThrow();
    }
}
