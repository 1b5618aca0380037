package io.rasplens.compiler.certify;

/**
 * What a running sum may hold already when a group of units starts to add to it.
 *
 * @param size the greatest magnitude
 * @param grid what it is a multiple of, to the last bit
 */
record Before(double size, double grid) {
    static final Before NOTHING = new Before(0, BinaryGrid.ANY);

    Before plus(Bound bound, double unit) {
        boolean clean = BinaryGrid.keeps(bound.grid(), bound.magnitude(), bound.error(), unit);
        return new Before(size + bound.magnitude(), Math.min(grid, clean ? bound.grid() : BinaryGrid.NONE));
    }
}
