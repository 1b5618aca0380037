package io.rasplens.runtime.transformer.arithmetic;

/** An activation as the engine works on it, column by column; the array may be longer than what counts. */
public final class Columns {
    private final double[] values;
    private final int width;

    /**
     * @param values {@code [width, stride]}, see {@link Lanes}
     * @param width how many columns count; those up to the activation's full width are zero
     */
    public Columns(double[] values, int width) {
        this.values = values;
        this.width = width;
    }

    public double[] values() {
        return values;
    }

    public int width() {
        return width;
    }
}
