package io.rasplens.runtime.view.flow;

/** Which way a computation flows in a picture. */
public enum FlowDirection {
    /** Layers as stripes from the top to the bottom: for a page. */
    DOWN,
    /** Layers as stripes from left to right: for a slide. */
    RIGHT;

    private static final int NARROW = 24;

    /** After how many columns of text a line of a box may be broken: boxes one after the other must be narrow. */
    int columns() {
        return this == DOWN ? Integer.MAX_VALUE : NARROW;
    }

    /** How far a box reaches along the flow. */
    double along(BoxShape shape) {
        return this == DOWN ? shape.height() : shape.width();
    }

    /** How far it reaches across. */
    double across(BoxShape shape) {
        return this == DOWN ? shape.width() : shape.height();
    }
}
