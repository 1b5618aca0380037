package io.rasplens.compiler.certify;

/**
 * What a running sum may hold already when a group of units starts to add to it.
 *
 * @param size the greatest magnitude of what it stands for
 * @param grid what that is a multiple of
 * @param noise how far it may be off
 */
record Before(double size, double grid, double noise) {
    static final Before NOTHING = new Before(0, BinaryGrid.ANY, 0);

    Before plus(Bound bound, double unit) {
        boolean clean = BinaryGrid.keeps(bound.grid(), bound.magnitude(), bound.error(), unit);
        return new Before(
                size + bound.magnitude(),
                Math.min(grid, clean ? bound.grid() : BinaryGrid.NONE),
                noise + bound.error());
    }

    /** What both hold. */
    Before plus(Before other) {
        return new Before(size + other.size, Math.min(grid, other.grid), noise + other.noise);
    }

    /** The greatest magnitude of what stands there. */
    double most() {
        return size + noise;
    }
}
