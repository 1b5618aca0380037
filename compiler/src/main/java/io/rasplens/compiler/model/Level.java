package io.rasplens.compiler.model;

import java.util.Optional;
import java.util.stream.Stream;

/** How a program is laid out: which constructions may be used, and what is thought dear. All levels give the same answers. */
public enum Level {
    /** One block per step, as Tracr does it (Lindner et al. 2023): for teaching, and to compare with. */
    DIRECT(0),
    /** A layer per dependent attention step; attention shows what is selected, and small edits change no answer. */
    LEGIBLE(1),
    /** The fewest parameters. */
    SMALLEST(2);

    private final int number;

    Level(int number) {
        this.number = number;
    }

    /** What is compiled when nobody asks for a level. */
    public static final Level DEFAULT = LEGIBLE;

    /** The number behind {@code -O}. */
    public int number() {
        return number;
    }

    /** The command line's flag, {@code -O1}. */
    public String flag() {
        return "-O" + number();
    }

    /** The level with a number, if there is one. */
    public static Optional<Level> of(int number) {
        return Stream.of(values()).filter(level -> level.number() == number).findFirst();
    }
}
