package io.rasplens.compiler.model.part;

/** What a head makes of the values at the keys that it selects. */
public enum HeadWork {
    /** The value of the one selected key, or of several that hold the same. */
    COPY,
    /** Their mean. */
    MEAN,
    /** How many they are, squeezed by what is left to BOS. */
    COUNT,
    /** Their sum, or how many they are, as a number. */
    SUM,
    /** A part of a mean that several heads take together. */
    PART_OF_MEAN
}
