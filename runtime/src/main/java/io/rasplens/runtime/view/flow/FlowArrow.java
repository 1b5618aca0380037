package io.rasplens.runtime.view.flow;

/** Box {@code to} reads box {@code from}. */
public record FlowArrow(int from, int to, ArrowRole role) {

    /** What the reader does with it. */
    public enum ArrowRole {
        /** An argument of an elementwise function. */
        ARGUMENT,
        /** The columns of a selector. */
        KEY,
        /** The rows of a selector. */
        QUERY,
        /** A selector that an attention step looks through, or that another selector is made of. */
        SELECTOR,
        /** The values that an aggregate averages. */
        VALUE
    }
}
