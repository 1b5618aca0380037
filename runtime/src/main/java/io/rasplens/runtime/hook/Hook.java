package io.rasplens.runtime.hook;

import io.rasplens.runtime.tensor.Tensor;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** What is done at a hook point: look at the activation, and perhaps put another in its place. */
@FunctionalInterface
public interface Hook {

    /**
     * Called each time the point is passed.
     *
     * @return the replacement, of the same shape; empty to leave the activation as it is
     */
    Optional<Tensor> at(Tensor activation, HookPoint point);

    /** A hook that only looks. */
    static Hook observe(BiConsumer<Tensor, HookPoint> observer) {
        return (activation, point) -> {
            observer.accept(activation, point);
            return Optional.empty();
        };
    }

    /** A hook that always replaces. */
    static Hook replace(BiFunction<Tensor, HookPoint, Tensor> edit) {
        return (activation, point) -> Optional.of(edit.apply(activation, point));
    }

    /** A hook that puts the same activation in place at every call. */
    static Hook replaceWith(Tensor replacement) {
        return (activation, point) -> Optional.of(replacement);
    }
}
