package io.rasplens.compiler.model;

import java.util.OptionalInt;

/**
 * What an s-op is called in its program.
 *
 * @param name the name alone, which may be bound several times
 * @param line that binds it, from 1; empty where there is no program
 * @param last whether the name alone means this binding
 */
public record SopName(String name, OptionalInt line, boolean last) {

    /** A name of which nothing more is known, so that it is taken for the only one. */
    public static SopName unplaced(String name) {
        return new SopName(name, OptionalInt.empty(), true);
    }
}
