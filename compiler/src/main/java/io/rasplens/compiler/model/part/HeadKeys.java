package io.rasplens.compiler.model.part;

/** How many keys one query selects. */
public enum HeadKeys {
    /** One at most. */
    ONE,
    /** Several, of one and the same value. */
    ALIKE,
    /** Any number. */
    SEVERAL,
    /** Every key that the query may see. */
    ALL,
    /** The last position. */
    LAST
}
