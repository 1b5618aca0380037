package io.rasplens.grammar.parse;

/**
 * How large a text may be. The limits keep the parser, and everything that walks its tree, inside an ordinary thread's stack
 * and a small heap; programs written by people stay far below them.
 */
public final class ParseLimits {
    /** Expressions and blocks inside each other. Walkers of the tree may recurse this deep. */
    public static final int NESTING = 500;

    /**
     * Operators, indexes and calls in one left-to-right chain such as {@code a + a + a}. Such a chain is a tree that is deep on
     * its left side only; walk it with {@link io.rasplens.grammar.ast.LeftSpine}, not by recursion.
     */
    public static final int CHAIN = 10_000;

    /** Characters in one source text. */
    public static final int CHARACTERS = 4_000_000;

    /** Words, numbers and signs in one source text. */
    public static final int TOKENS = 1_000_000;

    /** Digits of a number literal; reading a number takes time quadratic in them. */
    public static final int DIGITS = 20_000;

    /** Errors reported for one text. */
    public static final int ERRORS = 50;

    /** Warnings shown for one text. */
    public static final int WARNINGS = 20;

    private ParseLimits() {}
}
