package io.rasplens.grammar.diagnostic;

/**
 * The stable identity of a kind of diagnostic. Each area of the program keeps its own enum of codes; the first two digits tell
 * the area: 01 syntax, 02 names, 03 kinds and values, 04 evaluation on an input, 05 loading, 06 directives, 07 compiling,
 * 08 inputs, 09 files.
 */
public interface DiagnosticCode {
    /** What the code is called. */
    CodeEntry entry();

    default String id() {
        return entry().id();
    }

    default String title() {
        return entry().title();
    }
}
