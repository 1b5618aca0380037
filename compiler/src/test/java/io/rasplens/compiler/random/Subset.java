package io.rasplens.compiler.random;

/** How much of the language a random program may use. */
public enum Subset {
    /** What Tracr takes: no logic on selectors, and none of the library that needs it. */
    DIRECT,
    /** Everything. */
    ALL,
    /** Everything, with {@link WideForms}, long inputs, names that are bound again and chains of overriding cases. */
    WIDE;

    boolean isWhole() {
        return this != DIRECT;
    }
}
