package io.rasplens.compiler.circuit;

import io.rasplens.compiler.model.SourceRange;
import java.util.Optional;

/**
 * Something that directions of the residual stream stand for: a number has one direction, a one-hot one for each value. Two features are
 * one where their ids are; {@link Features} hands those out. The name reaches nothing but text and the order of text.
 *
 * @param id 0 and 1 are {@link #BOS} and {@link #ONE}
 * @param name for the reader
 * @param source the expression it came from, where that is known of itself and not by who writes it
 */
public record Feature(int id, String name, Optional<SourceRange> source) implements Comparable<Feature> {
    /** Whether a token is BOS. */
    public static final Feature BOS = new Feature(0, "bos", Optional.empty());

    /** The constant 1. */
    public static final Feature ONE = new Feature(1, "one", Optional.empty());

    /** Constants last: units that differ in their constants alone then add them to one and the same sum. */
    @Override
    public int compareTo(Feature other) {
        if (id == other.id) {
            return 0;
        }
        if (isConstant() != other.isConstant()) {
            return isConstant() ? 1 : -1;
        }
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : Integer.compare(id, other.id);
    }

    private boolean isConstant() {
        return id == BOS.id || id == ONE.id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Feature that && id == that.id;
    }

    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return name;
    }
}
