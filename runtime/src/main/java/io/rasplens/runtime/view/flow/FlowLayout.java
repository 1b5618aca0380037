package io.rasplens.runtime.view.flow;

import com.google.common.collect.ImmutableList;

/**
 * Where everything of a flow stands, in pixels from the top left corner.
 *
 * @param boxes one per box of the flow, in the flow's order
 * @param bands one per layer, in the order of the flow
 */
record FlowLayout(
        ImmutableList<PlacedBox> boxes,
        ImmutableList<FlowLine> lines,
        ImmutableList<Band> bands,
        double width,
        double height) {

    /** A box at its place. */
    record PlacedBox(FlowBox box, BoxShape shape, double x, double y) {}

    /**
     * A stretch of one or several arrows, from rank to rank.
     *
     * @param straight how far it goes straight along the flow before it bends towards (x2, y2)
     * @param role what the reader does with it, on the last stretch, which carries the arrow head
     */
    record FlowLine(
            int from,
            double x1,
            double y1,
            double straight,
            double x2,
            double y2,
            java.util.Optional<FlowArrow.ArrowRole> role) {}

    /** The stripe behind one layer, from where to where along the flow. */
    record Band(int layer, double top, double bottom) {}
}
