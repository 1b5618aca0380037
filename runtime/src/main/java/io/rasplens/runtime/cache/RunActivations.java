package io.rasplens.runtime.cache;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.rasplens.runtime.hook.HookName;
import io.rasplens.runtime.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a cache has its activations from: kept as they went by, or made again from less when they are read. */
public interface RunActivations {
    /** The names of what is there, in firing order. */
    ImmutableSet<HookName> names();

    /** One of them, the same numbers each time; null for another name. */
    @Nullable
    Tensor find(HookName name);

    /** All of them, in firing order. */
    default ImmutableMap<HookName, Tensor> all() {
        var all = ImmutableMap.<HookName, Tensor>builderWithExpectedSize(names().size());
        for (HookName name : names()) {
            Tensor activation = find(name);
            if (activation != null) {
                all.put(name, activation);
            }
        }
        return all.buildOrThrow();
    }

    /** Activations that are kept. */
    static RunActivations of(Map<HookName, Tensor> activations) {
        ImmutableMap<HookName, Tensor> kept = ImmutableMap.copyOf(activations);
        return new RunActivations() {
            @Override
            public ImmutableSet<HookName> names() {
                return kept.keySet();
            }

            @Override
            public @Nullable Tensor find(HookName name) {
                return kept.get(name);
            }

            @Override
            public ImmutableMap<HookName, Tensor> all() {
                return kept;
            }
        };
    }
}
