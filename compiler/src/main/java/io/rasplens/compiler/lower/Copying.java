package io.rasplens.compiler.lower;

/** Whether what a query selects is one value, so that a head copies it. */
enum Copying {
    /** Several values may be selected: they are averaged or summed. */
    NONE,
    /** One key at most is selected. */
    ONE_KEY,
    /** All keys that are selected hold one value: one head has to see them all. */
    EQUAL_KEYS
}
