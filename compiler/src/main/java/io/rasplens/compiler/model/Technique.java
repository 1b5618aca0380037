package io.rasplens.compiler.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How heads and hidden units were made to compute what an s-op says: the name of the construction that the lowering chose among those
 * on offer. Each part of a model carries that of the offer which wrote it.
 */
public enum Technique {
    READ("functions read straight from what is there, without a part of their own"),
    LAST_POSITION("the length, read from the last position by one head"),
    COPY("values copied by heads that select one key"),
    MEAN("means taken by heads"),
    COUNT("selected keys counted by heads, without hidden units"),
    SHARE("selected keys counted by the share that is left to BOS"),
    TOTAL("values added up by heads, without hidden units"),
    QUOTIENT("means over several heads, a sum divided by a width"),
    JOINT_MEAN("means over several heads, each leaving BOS what the others see"),
    PREFIX_MEAN("means over prefixes, by a head for whole blocks of positions and one for the rest"),
    MIXED_MEAN("means beside strings or bools, told apart by a code"),
    SQUARE("squares, for scores by distance"),
    BENDS("functions that bend, a hidden unit for each bend"),
    HINGE("the greater or lesser of two numbers, in one hidden unit"),
    GATES("numbers let through gates"),
    STEPS("steps between numbers too many to list"),
    CASES("functions computed by cases instead of by all combinations of values"),
    CONJUNCTIONS("functions of many tests, as sums of conjunctions");

    private final String words;

    Technique(String words) {
        this.words = words;
    }

    /** How files spell it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The technique that files spell so, if there is one. */
    public static Optional<Technique> ofKey(String key) {
        return Arrays.stream(values()).filter(t -> t.key().equals(key)).findFirst();
    }

    /** What was made so, in words that a table can hold. */
    public String words() {
        return words;
    }
}
