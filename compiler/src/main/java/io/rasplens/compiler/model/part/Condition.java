package io.rasplens.compiler.model.part;

import com.google.common.collect.ImmutableList;
import java.util.stream.Collectors;

/** Which keys a head selects for a query, by comparisons of s-ops at the key with s-ops at the query. */
public sealed interface Condition {
    /** No condition of a model is deeper. */
    int MOST_DEPTH = 16;

    /** In RASP's words. */
    String words();

    /**
     * {@code key == query}, or that it is not so.
     *
     * @param key the s-op that is read at the key
     * @param operator RASP's symbol
     * @param query the s-op that is read at the query
     * @param holds false where the key is selected if the comparison fails
     */
    record Compare(String key, String operator, String query, boolean holds) implements Condition {
        @Override
        public String words() {
            return (holds ? "" : "not ") + key + " " + operator + " " + query;
        }
    }

    /** All of them hold; of none, every key is selected. */
    record All(ImmutableList<Condition> parts) implements Condition {
        @Override
        public String words() {
            return parts.isEmpty() ? "everywhere" : joined(parts, " and ");
        }
    }

    /** One of them holds at least; of none, no key is selected. */
    record Any(ImmutableList<Condition> parts) implements Condition {
        @Override
        public String words() {
            return parts.isEmpty() ? "nowhere" : joined(parts, " or ");
        }
    }

    /**
     * What the selector of an s-op selects, where that would be too long or too deep to be written out.
     *
     * @param sop the s-op that attends by it
     */
    record SelectorOf(String sop) implements Condition {
        @Override
        public String words() {
            return "the selector of " + sop + " holds";
        }
    }

    /** How many conditions stand within each other at the deepest, this one included. */
    default int depth() {
        ImmutableList<Condition> parts =
                this instanceof All all ? all.parts() : this instanceof Any any ? any.parts() : ImmutableList.of();
        return 1 + parts.stream().mapToInt(Condition::depth).max().orElse(0);
    }

    /** Every key. */
    static Condition everywhere() {
        return new All(ImmutableList.of());
    }

    /** Whether it holds of every key. */
    default boolean isEverywhere() {
        return this instanceof All all && all.parts().isEmpty();
    }

    private static String joined(ImmutableList<Condition> parts, String word) {
        return parts.size() == 1
                ? parts.get(0).words()
                : parts.stream()
                        .map(part -> part instanceof Compare ? part.words() : "(" + part.words() + ")")
                        .collect(Collectors.joining(word));
    }
}
