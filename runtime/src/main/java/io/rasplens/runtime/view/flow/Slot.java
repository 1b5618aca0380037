package io.rasplens.runtime.view.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a row of the picture: a box, or the point where the line from a box to lower rows passes through. Mutable while
 * the layout is worked out; never leaves it.
 */
final class Slot {
    /** Room for a passing line. */
    static final double PASSING_WIDTH = 4;

    final int box;
    final boolean passing;
    final int rank;
    final double width;
    final List<Slot> above = new ArrayList<>();
    final List<Slot> below = new ArrayList<>();

    /** Centre. */
    double x;

    private Slot(int box, boolean passing, int rank, double width) {
        this.box = box;
        this.passing = passing;
        this.rank = rank;
        this.width = width;
    }

    static Slot forBox(int box, int rank, double width) {
        return new Slot(box, false, rank, width);
    }

    static Slot passing(int box, int rank) {
        return new Slot(box, true, rank, PASSING_WIDTH);
    }

    void leadsTo(Slot lower) {
        below.add(lower);
        lower.above.add(this);
    }
}
