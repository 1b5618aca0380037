package io.rasplens.runtime.transformer;

/** An activation as the engine works on it, column by column; the array may be longer than what counts. */
final class Columns {
    private final double[] values;
    private final int width;

    /**
     * @param values {@code [width, stride]}, see {@link Lanes}
     * @param width how many columns count; those up to the activation's full width are zero
     */
    Columns(double[] values, int width) {
        this.values = values;
        this.width = width;
    }

    double[] values() {
        return values;
    }

    int width() {
        return width;
    }
}
