package io.rasplens.compiler.lower.table;

/** What a function is computed for, and so which of its values have to be told apart. */
public enum Purpose {
    /** A one-hot: every value has to be told from every other. */
    VALUES,
    /** A number: values that differ by rounding may be taken for each other, as sums in another order would be. */
    NUMBER
}
