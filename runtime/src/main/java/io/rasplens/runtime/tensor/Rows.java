package io.rasplens.runtime.tensor;

/**
 * Dense rows of equal width, the engine's working form: {@code values[row * width + column]}. The array belongs to nobody
 * alone; it is never written after it is made.
 */
public final class Rows {
    private final double[] values;
    private final int width;

    public Rows(double[] values, int width) {
        this.values = values;
        this.width = width;
    }

    public double[] values() {
        return values;
    }

    public int width() {
        return width;
    }

    public int count() {
        return width == 0 ? 0 : values.length / width;
    }

    /** The non-zeros of {@code rows} rows from {@code first} on. */
    public SparseRows sparse(int first, int rows) {
        return SparseRows.of(values, width, first, rows);
    }

    /** Writes each row into a wider frame: row r, column c goes to {@code out[offset + r * stride + c]}. */
    public void copyInto(double[] out, int offset, int stride) {
        for (int row = 0; row < count(); row++) {
            System.arraycopy(values, row * width, out, offset + row * stride, width);
        }
    }
}
