package io.rasplens.compiler.circuit;

import io.rasplens.compiler.model.SourceRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The features of one circuit while it is built. Each has an id of its own, whatever it is called; those of one name get numbers behind
 * it, so that a reader can tell them apart too: {@code x}, {@code x#2}, … What we call {@code bos} and {@code one} are the first of
 * their names.
 */
public final class Features {
    private final Map<String, Integer> named = new HashMap<>(Map.of(Feature.BOS.name(), 1, Feature.ONE.name(), 1));
    private int next = 2;

    /** A feature that nobody has yet. */
    public Feature named(String name) {
        return named(name, Optional.empty());
    }

    /** The same, with the expression it came from. */
    public Feature named(String name, Optional<SourceRange> source) {
        return new Feature(next++, free(name), source);
    }

    private String free(String name) {
        int count = named.merge(name, 1, Integer::sum);
        return count == 1 ? name : free(name + "#" + count);
    }
}
