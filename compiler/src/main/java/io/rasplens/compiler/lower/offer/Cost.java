package io.rasplens.compiler.lower.offer;

/** What a construction takes for itself; what it reads is not counted. */
public record Cost(int heads, int units) {
    /** Nothing of its own: the reader's matrix does the work. */
    public static final Cost NOTHING = new Cost(0, 0);

    public static Cost ofHeads(int heads) {
        return new Cost(heads, 0);
    }

    public static Cost ofUnits(int units) {
        return new Cost(0, units);
    }
}
