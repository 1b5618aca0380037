package io.rasplens.compiler.model;

import com.google.common.primitives.ImmutableDoubleArray;

/** Shape checks for weight records; a wrong shape here is a bug of ours, user files are checked before. */
final class Shapes {
    private Shapes() {}

    static void check(String name, WeightMatrix matrix, int rows, int columns) {
        if (matrix.rows() != rows || matrix.columns() != columns) {
            throw new IllegalArgumentException(name + " is [" + matrix.rows() + ", " + matrix.columns()
                    + "] but must be [" + rows + ", " + columns + "]");
        }
    }

    static void check(String name, ImmutableDoubleArray vector, int length) {
        if (vector.length() != length) {
            throw new IllegalArgumentException(name + " is [" + vector.length() + "] but must be [" + length + "]");
        }
    }
}
