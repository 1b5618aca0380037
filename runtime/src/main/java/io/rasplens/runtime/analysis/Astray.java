package io.rasplens.runtime.analysis;

import com.google.common.collect.ImmutableList;
import io.rasplens.grammar.source.Span;
import io.rasplens.grammar.value.Value;
import java.util.Optional;

/**
 * The first thing in which a program differs from a reference on an input.
 *
 * @param name what both programs call it
 * @param place the expression that makes it, or a part of that
 * @param difference in what
 */
public record Astray(String name, Optional<Span> place, Difference difference) {

    /** What differs. */
    public sealed interface Difference {
        /**
         * Which position is the first that differs.
         *
         * @return 0-based
         */
        int position();
    }

    /**
     * An s-op has other values.
     *
     * @param actual one for each position
     * @param expected the reference's
     */
    public record ValuesDiffer(int position, ImmutableList<Value> actual, ImmutableList<Value> expected)
            implements Difference {}

    /**
     * A selector selects other keys: the named one, or the one in which the named s-op looks.
     *
     * @param actual the keys that the position selects, ascending
     * @param expected those of the reference
     */
    public record KeysDiffer(int position, ImmutableList<Integer> actual, ImmutableList<Integer> expected)
            implements Difference {}

    /**
     * It fails, and the reference's doesn't.
     *
     * @param message the interpreter's word
     */
    public record Failed(int position, String message) implements Difference {}
}
