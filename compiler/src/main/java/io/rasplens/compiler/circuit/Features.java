package io.rasplens.compiler.circuit;

import io.rasplens.compiler.model.FeatureForm;
import io.rasplens.compiler.model.SourceRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The features of one circuit while it is built. Each has an id of its own, whatever it is called. A reader can tell those of one name
 * apart too: the later one says what it is, {@code x (one-hot)} or {@code x (number)}, where the first is the other, else it has a
 * number behind it, {@code x#2}. What we call {@code bos} and {@code one} are the first of their names.
 */
public final class Features {
    private final Map<String, Integer> named = new HashMap<>(Map.of(Feature.BOS.name(), 1, Feature.ONE.name(), 1));
    private final Map<String, FeatureForm> first =
            new HashMap<>(Map.of(Feature.BOS.name(), FeatureForm.NUMBER, Feature.ONE.name(), FeatureForm.NUMBER));
    private int next = 2;

    /** A feature that nobody has yet. */
    public Feature named(String name) {
        return named(name, Optional.empty());
    }

    /** The same, with the expression it came from. */
    public Feature named(String name, Optional<SourceRange> source) {
        return new Feature(next++, free(name), source);
    }

    /** A feature that one direction stands for, whose size it is. */
    public Feature number(String name, Optional<SourceRange> source) {
        return new Feature(next++, free(name, FeatureForm.NUMBER), source);
    }

    /** A feature that has a direction for each of its values. */
    public Feature oneHot(String name, Optional<SourceRange> source) {
        return new Feature(next++, free(name, FeatureForm.ONE_HOT), source);
    }

    private String free(String name, FeatureForm form) {
        boolean taken = named.containsKey(name);
        if (!taken) {
            first.put(name, form);
        }
        FeatureForm other = first.get(name);
        return taken && other != null && other != form ? free(name + form.words()) : free(name);
    }

    private String free(String name) {
        int count = named.merge(name, 1, Integer::sum);
        return count == 1 ? name : free(name + "#" + count);
    }
}
