package io.rasplens.compiler.random;

/** What a random expression is. */
enum TermKind {
    INT,
    /** Any number: ints, quotients, means. */
    NUMBER,
    BOOL,
    STRING,
    SELECTOR,
    /** A selector that mostly picks one position. */
    ONE_SELECTOR;

    /** Whether an expression of this kind may stand where {@code wanted} is wanted. */
    boolean fits(TermKind wanted) {
        return this == wanted || (this == INT && wanted == NUMBER) || (this == ONE_SELECTOR && wanted == SELECTOR);
    }

    boolean isSelector() {
        return this == SELECTOR || this == ONE_SELECTOR;
    }
}
