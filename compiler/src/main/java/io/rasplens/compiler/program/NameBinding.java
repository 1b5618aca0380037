package io.rasplens.compiler.program;

import io.rasplens.grammar.source.Span;

/**
 * The assignment that gave a node its name. A name may be bound several times, even several times by one line: in a loop.
 *
 * @param place the name as it stands on the left of the assignment
 * @param occurrence which of the nodes that this place named, counted from 1 in the order in which they were made
 * @param occurrences how many nodes this place named
 * @param last whether the name means this node after the whole program has run
 */
public record NameBinding(String name, Span place, int occurrence, int occurrences, boolean last) {

    /** 1-based, in the file that binds it, which is the library's for {@code length}. */
    public int line() {
        return place.line();
    }

    /**
     * What tells this binding from every other: {@code here} for the last one, {@code here@19} for another, {@code here@19#2} for
     * the second of several that one line made.
     */
    public String text() {
        return last ? name : name + "@" + line() + (occurrences > 1 ? "#" + occurrence : "");
    }
}
