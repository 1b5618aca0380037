package io.rasplens.compiler.lower.direct;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Gives every s-op a residual name of its own: the RASP name, or one made from its kind, numbered in order of asking. */
final class UniqueNames {
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> counts = new HashMap<>();

    void reserve(String name) {
        taken.add(name);
    }

    /** The name itself if it is free, else with the next number. */
    String named(String name) {
        return taken.add(name) ? name : numbered(name);
    }

    String numbered(String kind) {
        String name;
        do {
            name = kind + "_" + counts.merge(kind, 1, Integer::sum);
        } while (!taken.add(name));
        return name;
    }
}
